"""The words by which customers show that they need no answer."""

from __future__ import annotations

from bot.core.listening.signs import Kind, Sign

APPROVAL = Sign(
    Kind.ACKNOWLEDGEMENT,
    -0.8,
    "it is only a sign of approval",
    """
    :) | :d | ;) | :-) | <3 | haha/hahaha/lol/lmao/hehe/rofl/xd |
    :+1: | :thumbsup: | :slightly_smiling_face: | :smile: | :smiley: | :grin: | :grinning: | :joy: |
    :blush: | :tada: | :pray: | :heart: | :ok_hand: | :ok: | :white_check_mark: |
    :heavy_check_mark: | :100: | :raised_hands: | :clap: | :rocket: | :fire: | :muscle: |
    :handshake: | :heart_eyes: | :star: | :sparkles: | :saluting_face: |
    🙂/😊/😀/😄/😁/😆/😃/😂/👍/🙏/❤/🎉/😍/👌/🙌/👏/💯/😎/🤗/😉/🤣/🥳/💙/✨/🚀/🔥/🆗/💪/
    🤝/🌟/⭐/🫡/🤩/✅/✔/☺/💚/💛/🧡/💜/🖤
    """,
)
CLOSING = (
    APPROVAL,
    Sign(
        Kind.THANKS,
        -3.5,
        "it only thanks us",
        """
        (many/big/much/great/ok/huge/kind) (and) thanks/cheers/merci/danke/gracias (so/very/a)
        (much/lot/lots/bunch/million/ton/tons) (again/everyone/all/guys/team/both/indeed) |
        thank/thanks (you/u) (so/very/a) (much/again/all/both/guys/everyone/team/lot/ton/tons/
        million/bunch) | but thank/thanks (you) (so/very) (much) | thank/thanks (you) (so/very)
        (much) … for … work/help/support/assistance/answer/answers/reply/response/replying/helping/
        explanation/info/information/update/clarification/feedback/time/patience/suggestion/
        suggestions/advice/tip/tips/details/heads-up/link/pointer/pointers/fix/quick/
        clearing/explaining/confirming/checking/looking/testing/fixing/sharing/following/
        understanding/guidance/it/that/this/everything | thanks/thank (you) (so/very) (much) …
        for letting me/us know | (much/really/very/so/greatly/highly) appreciated | i/we
        (really/do/very/truly/so) (much) appreciate it/that/this/your/the/you (help/support/
        time/effort/patience/assistance) | appreciate it/that/your/the/you (help/support/time) |
        grateful | ta . | can/could not thank (you) enough
        """,
    ),
    Sign(
        Kind.ACKNOWLEDGEMENT,
        -1.8,
        "it acknowledges what we said",
        """
        ok/sure/understood/noted/gotcha/roger/cool/acknowledged/perfect/great/nice/excellent/
        lovely/yep/sweet/ah/aha/ahh/ahhh/oh/ohh/aaah | got it/you | (./,/ah/oh/ok) i/we see/
        understand/agree/get ./,/!/thanks/thank/:)/now/that/it | (that/it/this/which) make/
        makes/made (total/perfect/complete/more/a) (lot) (of) sense | fair enough/point | you
        too | i did not know/realize/realise/notice/see that/this/it | got/received/read the/
        your/it email/mail/message/files/file/link/invite/thanks/,/. | received (,) thanks/
        thank/./, | oops | likewise | (same) to you | sounds good/great/fine/perfect/reasonable/
        like | all right/good/clear/set | good/great/nice/interesting to know/hear/see | (no/
        not/any) worries/rush | no problem/problems/worries/need/rush/hurry/issue/questions |
        copy that | you are (absolutely/totally/completely) right/correct/welcome | your right |
        (that/it/this) is (all/totally/perfectly/absolutely) fine/ok/clear/true/right/correct/
        good/great/perfect/helpful/it/all/awesome | looks/works good/great/fine/perfect/well |
        sorry for/about the/my noise/confusion/trouble/misunderstanding | fine | never mind |
        not urgent/important | take your time | whenever you | afraid you would
        """,
    ),
    Sign(
        Kind.RESOLVED,
        -4,
        "it tells that the matter is settled",
        """
        it/that/this/everything/all/they (all/now/indeed/actually/does/do/just/finally) (is/are)
        (now/all) works/worked/working/work (now/fine/great/well/perfectly/again/like/as/
        properly/correctly/nicely/for/with) | works/working/worked/fixed (fine/great/well/
        perfectly/good) now/again/perfectly/fine/great/as/like/flawlessly/properly/correctly/
        smoothly | now (it/everything/that/all) (is) works/worked/working/fine/ok/good | it/
        that/this/everything/they (now/is/all/has/have) (now/all/been) (already) fixed/solved/
        resolved/sorted/gone/helped/helps/helpful | (that/it/this/which) did it/the/that (trick/
        job) | did the trick/job | resolved/solved/fixed/sorted on | (all) good/fine now |
        fixed/solved/resolved/sorted it/that/this/by/with/now/. | got/have/get it (all) (to)
        work/working/sorted/fixed/running/going | figured/worked/sorted it/that/this/out (out) |
        found (out) (the/my/our) solution/cause/reason/answer/mistake/description/docs/
        documentation/fix/workaround/culprit/it | found the/my/our issue/problem/bug/error |
        found a way/solution/workaround/fix/description | found it/a/the/out/my | i/we (can)
        (now) see/saw/got/get/know/understand (it/that) now | (now) got the issue/problem/error/
        idea/point/picture | my bad/mistake/fault | (the/my/our) problem/issue/error/mistake/
        bug/cause/culprit/reason was (that/the/on/with/in/due/caused/a/an/my/our/because) |
        issue/issues/problem/problems/error/errors (is/are/was/has/have/seem/seems) (been/now/
        to/be) (be) resolved/solved/fixed/gone/sorted/closed | no longer an/a/needed/necessary/
        relevant/happens/happening/see/seeing/get/getting/occurs | i/we was/were missing/using/
        looking/wrong | it/that (now/finally) appeared/appears | managed to | workable | turns/
        turned out … our/my/we/i/us | (you) can/may close | (we/i) are/am (all) good/set/fine/
        ok/sorted (now/here/.) | in the end | that/this/it/they/which (really/also/all) answers/
        answered/explains/explained/clarifies/clarified/clears/cleared/solves/solved | (oh/yes/
        yeah/yep/just/ah) … saw it/that | (the/your) suggestion/suggestions/solution/fix/advice/
        change/answer/workaround (did) work/was/were/worked/works/helped | back to normal | up
        and running | already done/solved/fixed/sorted | false alarm | wrong channel/thread/
        chat/window/room/person | (no/any) (further/more/other/open) questions from/for/at/right
        | nothing else | (this/that/it) is all (for/from/we/i) now/us/me/need/needed/thanks/
        thank/, | back up (now/again) | back online | recovered | restart/restarting/reboot/
        reinstalling/upgrading/update fixed/solved/helped/resolved | closing this | deployed/
        deployment went fine/well/smoothly | went fine/well/smoothly | up and fine | have
        everything i/we need | (all/is/more/much/very/pretty/now) clear now | can (now) proceed/
        continue/work | (do/does) not need … anymore/any | no longer need | not need … anymore |
        not need to … anymore | problem/issue is not that | i/we (have) upgraded/updated … and/,
        (it) (is/has) gone/appeared/fine | (it/all/everything) finished/completed/ran without
        errors/error/issues/problems | without errors/error/issues/problems | no (more) errors/
        error/issues | ignore that/this/me/my | please/can disregard/ignore
        """,
    ),
    Sign(
        Kind.WILL_ACT,
        -4,
        "they will do something themselves",
        """
        i/we will (just/also/then/now/definitely/go/have/probably/first/certainly/likely/need)
        (and/to) raise/discuss/talk/loop/reach/monitor/relay/forward/pass/handle/sort/speak/
        inform/tell/wait/close/revert/deploy/merge/schedule/join/continue/make/give/try/check/
        test/look/see/do/take/investigate/read/update/follow/report/review/verify/use/go/start/
        ask/add/create/open/dig/think/run/switch/change/implement/contact/reach/play/retry/
        experiment/upgrade/wait/move/suggest/figure/get/put/write/come/let/post/send/call/
        submit/confirm/find/keep/share/set/dm/email/work | (ok/and/but/sure/thanks/yes/cool/great)
        (,) will (also/then/definitely) try/check/test/look/do/take/see/give/investigate/read/
        report/let/get/keep/follow/update/use/have/ping/share/send/revert | let me/us (just/
        first/quickly) (go/have) try/check/test/see/look/verify/take/do/read/investigate/
        confirm/ask/double/think/get/run/find | going to try/check/test/look/see/do/give/read/
        use/ask/discuss/wait/update/upgrade | (i/we) (will) give/gave/giving … try/go/shot/whirl
        | will let you know | (i/we) (will) (report/get/come/circle) back (to) you | be right
        back | (will) come/be back | will (come/be/get) (back) (and/to) try/check/test/look/see/
        do/read/let/report/follow/update | joining/looking/checking/reading/testing/trying ./,/
        now/it/this/! | one/a/# moment/sec/second/min/minute/minutes ./,/!/please | just a/#
        moment/sec/second/min/minute/minutes ./,/!/please | give me a/# moment/sec/second/min/
        minute/minutes | try/check/read/test (it/that/this) out/later/tomorrow/tonight/soon |
        hang tight | (i/we) (am/are) (just/currently) trying/checking/testing (that/it/this) now
        | i am thinking it/we/that/i | try it/that/this/again (out) (now/later/tomorrow/tonight/
        again/soon) | i/we might/may (just/also) try/use/do/go | i/we can/could (probably/just/
        then) live/manage/wait
        """,
    ),
    Sign(
        Kind.PRAISE,
        -3,
        "it praises",
        """
        awesome/amazing/fantastic/brilliant/superb/wonderful/love/loved/loving/excellent/
        impressed/impressive/congrats/congratulations/kudos/delicious/beautiful | great/good/
        nice/excellent/amazing/awesome/fantastic/brilliant work/job/stuff/one/news/idea/product/
        feature/tool/service/support/experience/team | well done | keep … up | happy friday/
        monday/holidays/christmas/birthday/new | much/so/way better/easier/faster/cleaner |
        super/really/very/so/extremely/incredibly nice/helpful/useful/kind/cool/fast/quick/
        happy/excited/glad/pleased/good/fun | (can) not wait to/for | looks great/good/amazing/
        awesome | best … ever | have a great/good/nice/lovely/wonderful/fun day/weekend/evening/
        week/one/time | yay/woohoo/yum/yummy/fun | what/such a great/good/nice/lovely/wonderful
        | looking forward | enjoy your/the holiday/holidays/weekend/vacation/day/evening/trip |
        see/talk/speak (to) (you) soon/tomorrow/later/then/monday/there | bye ./!/, | you rock/
        rule | shout out/shoutout | great/good/nice/excellent/awesome/useful tip/tips/point/
        catch/find/answer/explanation/talk/call/session/post/article/guide | :clap:/:fire:/
        :raised_hands:/:heart_eyes:/:star-struck:/:muscle:/:rocket: | you are the best | exactly
        what i/we needed/wanted
        """,
    ),
    Sign(
        Kind.CHATTER,
        -3.5,
        "it tells or advises others, and asks nothing",
        """
        you can/could/should/may/might (also/just/always/probably) solve/fix/try/use/do/achieve/
        avoid/set/add/make/create/run/go/change | . try using/to/adding/with | i would start/
        suggest/recommend/guess/say/go | i (would) recommend/suggest | hope this/that/it helps |
        in my/our experience/opinion | as far as i know | afaik/imo/imho/fwiw | you could/can/
        should/may/need … instead | that/this is how i/we | for me/us (,) it/this | for anyone/
        others/future/reference/those | just (a/to) share/joking/kidding | good luck | you are
        (very) welcome | nice/great/pleased/happy to meet/be/join | (i/we) (just) went to | in
        most/such/this/that cases/case | you/they need to replace/set/use/add/change/pass/call/
        configure/enable/create/define/specify/install | consider adding/using/setting |
        learning more | excited/happy/glad to be/join | introduce myself | new here | welcome
        aboard
        """,
    ),
)
