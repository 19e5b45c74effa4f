"""Anger and disappointment that customers put in words."""

from __future__ import annotations

from bot.core.listening.signs import PLAIN, Kind, Sign

ANGER = (
    Sign(
        Kind.COMPLAINT,
        PLAIN,
        "it is a strong complaint",
        """
        unacceptable/inacceptable/ridiculous/unbelievable/outrageous/pathetic/disgraceful/
        disgrace/disgusting/disgusted/appalling/appalled/appallingly/atrocious/abysmal/shambles/
        shameful/shambolic/inexcusable/laughable/ludicrous/preposterous/infuriating/infuriated/
        livid/outraged/insulting/insulted/deplorable/embarrassing/embarrassed | not (really/at/
        simply) (all) acceptable/professional | not/hardly (good/professional/quick) enough |
        not/hardly good enough | shame on | (is/are/what/such/be/just/was) … a (complete/
        absolute/total/sick/bad/huge/utter) joke/disaster/fiasco/nightmare/shame/scam/fraud/
        sham/farce/circus | complete/absolute/total/utter joke/disaster/mess/fiasco/nightmare/
        nonsense/garbage/rubbish/shambles/incompetence/failure | is … joke | fed up | sick and/
        of tired/this/your/the/being/waiting | tired of | had/have enough of | makes/make/
        making/made me/us feel | not safe/right/fair/ok/okay ./!/,/that/to/for/how | for the
        love/sake | absolute/absolutely/complete/completely/total/totally/utter/utterly/pure/
        sheer madness/insane/insanity/mental/nuts/crazy/absurd/broken/useless/unclear/wrong/
        unhelpful/clueless/inadequate/insufficient/unusable/bonkers/shocking/hopeless/silly/
        stupid | pretty/really/very/so/extremely/incredibly rude/poor/bad/weak | unhelpful/
        unreliable/unprofessional/sloppy/shoddy/amateurish/amateur/unusable/inexplicable/
        incomprehensible/inconceivable/intolerable/untenable/unsustainable/unworthy/dismal/
        terribly/awfully/insulted/horrid/hideous/heartless/scandalous/scandal/outrage/
        fraudsters/crooks/criminals/criminal/thieving/robbery/robbed/daylight/extortion/
        blackmail/deceptive/deceived/deceiving/cheated/cheating/conned/swindled | not even
        remotely/close/anywhere | can/could (not) be serious | cannot be serious | unbelievably/
        ridiculously/absurdly/shockingly/insanely/painfully/embarrassingly/pathetically/
        woefully/hopelessly slow/bad/poor/unhelpful/complicated/long/hard/rude/difficult/
        expensive | poor show/form | enough is enough | can/could not stand/believe (this/the/
        that/it/you/how) | sucks/crap/crappy/bullshit/shit/shitty/fuck/fucking/fucked/goddamn/
        ffs/omfg/wth/horseshit/screw | bloody/damn/damned useless/awful/terrible/thing/joke/
        again/well | what the hell/heck/fuck | worst … ever/service/support/experience/company/
        onboarding/product/customer/software/tool | (you/this/it/support/service/company/team)
        (is/are) the worst ./! | horrible/horrendous/terrible/awful/dreadful/lousy/appalling/
        poor/shocking/rude/unhelpful/useless … service/support/experience/communication/
        response/quality/customer/answer/answers/attitude/job/company/staff/agents/agent/rep/
        reps | (is/are/was/were) … pathetic/horrible/horrendous/dreadful/worthless/incompetent/
        clueless/unprofessional/rude/hopeless/lousy/careless/negligent | (is/are/was/were/been/
        completely/utterly/totally) useless/terrible/awful | incompetence/incompetent/
        unprofessional | (you/your/they/reps/agents/and/were/are) … lying/liars/lied/thieves |
        ripped/ripping (me/us/people/customers) off | rip off | fraudulently/deliberately |
        inadmissible/
        scandaleux/honte/frechheit/unverschämt/katastrophe/inaceptable/inakzeptabel/vergüenza/
        pésimo/déçu/déçus/déçue/enttäuscht/decepcionado | trois fois | drittes/dritte/dritten
        mal | tercera vez | plus possible | an/the/pathetic/lame/more/another excuse/excuses |
        excuses | run/running/ran out of excuses | you had one job | you owe me/us | your (own)
        mistake/mistakes/fault/negligence/incompetence/failure/failures | filthy/cockroach/
        cockroaches
        """,
    ),
    Sign(
        Kind.COMPLAINT,
        PLAIN,
        "it says that they are displeased",
        """
        frustrated/frustrating/frustration/frustrations/frustratingly | disappointed/
        disappointing/disappointment/disappoint/disappoints | annoyed/angry/furious/unhappy/
        dissatisfied/displeased/irritated/exasperated/exasperating/unimpressed/irritating/pissed
        | (am/are/is/very/really/so/quite/pretty/get/getting) upset/mad/concerned | not/hardly
        (very/really/at/too/so/exactly/particularly/remotely/all/best) (all) happy/impressed/
        pleased/amused/satisfied/thrilled/fair/ok/funny | not cool | let (me/us/you/everyone/
        customers) down | losing/lost/lose/loses (my/our/all/any) … patience/faith/confidence/
        trust/hope/respect | patience is/has/wearing | out of patience | our/my/your trust/
        confidence/faith | waste/wasted/wasting of/my/our/half/so/an/a/the/too/# … time/hours/
        money/day/days/morning/afternoon/week | driving/drives (me/us) crazy/mad/nuts/insane/
        bonkers | i/we (really/just/absolutely) hate | a pain | unfair/unreasonable/nonsensical/
        stupid/idiotic system/policy/process/answer/rule/rules/company/thing | at my/our wits |
        leaves a bad | bad taste | feel/feels/feeling (like/as) (we/i/you) … ignored/beta/
        testers/cheated/abandoned/guinea/second/stupid/want/do/nobody/no | (with/all) due
        respect | for the love of | ugh/argh/aargh/arrgh/argghh/grr/grrr/grrrr/gah/jeez/sheesh/
        geez/smh/fml | come on ./,/!/guys/@/? | oh come on | pulling my/our hair | losing my
        mind | getting/gets/becoming/gotten (really/very/quite/a/so) (bit) old/silly/tiresome/
        tedious/absurd/annoying/painful/stressful/worrying | tiresome/exhausting/unbearable/
        maddening/demoralizing/disheartening/dispiriting/disillusioned/discouraging/distressing/
        humiliating/aggravating/upsetting/vexing/disconcerting | really/so/very/extremely/
        incredibly/super/quite/pretty/most/deeply annoying/stressful/painful/upsetting/
        regrettable/inconvenient/rude | not/hardly/far (a/an) great/good/nice/pleasant/positive/
        ideal/fun/enjoyable/acceptable experience/look/start/way/impression | bad/poor/terrible/
        awful/horrible/worst experience/look/start/impression/form | what a/an … mess/joke/
        disaster/shame/nightmare/waste/disgrace/pity/letdown/failure/pain | a letdown | let-down
        | struggling/fighting/struggled/battling/wrestling … (for/with) … days/weeks/hours/
        months | stuck … for days/weeks/hours/months | going/gone nuts/mad/crazy/insane |
        desperate/desperately/desperation | i/we (have/am/are) (will) give/gave/giving up |
        hours/days/weeks of work/my/our/wasted/life/time | spent/spend/spending/lost … hours/
        days/weeks/money/evening/weekend/night … because/this/nothing/your | pissing/piss/pisses
        | my/our blood | nightmare/horror/hellish/torture/agony | beyond/past/more than
        frustrated/frustrating/annoyed/annoying/belief/joke/ridiculous/disappointed/words |
        beyond belief/words/me/ridiculous | no words | speechless/gobsmacked/flabbergasted/
        dumbfounded/astounded/appalled/horrified | beg/begging/begged … for/you | for (god/
        heaven/christ) (is) sake | my/our management/boss/client/clients/customers/customer/
        team/ceo/cto/users (is/are) … furious/angry/amused/happy/upset/livid/screaming/losing/
        unhappy | (had/have/having) to apologise/apologize | i/we (really/already) regret
        choosing/buying/signing/switching/moving/ever | starting/beginning/begin to wonder/
        doubt/regret/lose | second thoughts | wrong vendor/provider/choice/supplier/product/
        horse | look like idiots/fools/amateurs/clowns/fool | look (very/really/so) bad/
        unprofessional/stupid/foolish | we trusted/relied you/on | sigh . | sigh | could/can not
        care less | could/can not keep apologising/apologizing/explaining/defending/doing/
        waiting | can/could not go/continue on/like | can not wait any/anymore | any longer |
        let me be (very/absolutely/perfectly) clear/blunt/frank/honest | to be blunt/frank | out
        of options | why we/i bought/chose/pay/picked/signed | (an) hour/hours/day/days of my
        life | getting/going/got/gets/went nowhere | getting/given/got/giving the runaround |
        run around | runaround | bitterly/deeply/severely/gravely/thoroughly | left/feel/
        feeling/felt … alone/abandoned/stranded/ignored/helpless/powerless/out | helpless/
        powerless | worrying/worrisome | zero/no confidence/faith/trust/sympathy | past the
        point | more than patient | been (very/extremely/more) patient | do not know what else/
        more to | in the face/teeth | end of my/our/the rope/tether/patience | gone/going/went
        downhill | lost for words | give me/us a break | get your act | get it together | sort
        yourselves/yourself out | (must/can/should/please) do better ./!/,/than | step up your |
        step backwards | repeat myself/ourselves | can not (really) work/operate/plan/go like
        this/that | deal breaker/breakers | dealbreaker/unworkable | not sustainable/workable |
        our/my customers/users/clients/people are … complaining/leaving/angry/furious/confused |
        made/making it/things/everything (even/much) worse | insult/insults
        """,
    ),
    Sign(
        Kind.COMPLAINT,
        PLAIN,
        "it sounds angry",
        """
        😡/😠/🤬/💩/😤/🖕 | :rage:/:angry:/:face_with_symbols_on_mouth:/:triumph:
        """,
    ),
)
