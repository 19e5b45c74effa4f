"""Praise that is none, and questions that need no answer."""

from __future__ import annotations

from bot.core.listening.signs import CLEAR, Kind, Sign

IRONY = (
    Sign(
        Kind.COMPLAINT,
        CLEAR,
        "it sounds sarcastic",
        """
        thanks/thank (you) … for nothing | thanks/thank (you) … for the silence | thanks a
        bunch/million | thanks/thank (you) for ignoring/wasting/breaking/ruining/telling/not/
        never | great/wonderful/brilliant/fantastic/lovely/perfect/awesome/nice/super/amazing/
        fabulous/good ,/. another/now/yet … outage/bug/error/issue/failure/one/delay/again/
        broken/down/week/day/is/the/it | great/wonderful/brilliant/fantastic/lovely/perfect/
        awesome/amazing . again | oh/well/wow/ah (,) great/wonderful/brilliant/fantastic/lovely/
        perfect/awesome/super/amazing/fabulous/joy (,/.) now/another/again/yet/more | what a/an
        … surprise/joke/mess/disaster/shame/shock/coincidence/experience | how nice/lovely/
        convenient/wonderful/helpful/professional/kind/surprising/original | love/loving how/it
        when | i love being/waiting/getting/paying | so much for | good luck getting/finding/
        reaching | nice/great/good/top/stellar/excellent/brilliant (work/job/service/one)
        breaking/losing/again/,/guys not/losing/breaking/you | way to go/break/lose/treat |
        congratulations/congrats/bravo/kudos/hats on/for/off breaking/losing/ruining/another/
        making | must be nice | apparently you/no/your/nobody/we/i/it/that/customers | surprise
        , surprise | shocker/shockingly | who (on/the) (earth/hell) thought/decided/designed/
        tests/tested/approved/came | really ? | seriously ?/./,/! | are/am i/you/we serious | as
        usual (,) no/nothing/you/not/nobody/. | , as usual | just what i/we needed/wanted | slow
        clap | genius/geniuses | at least they/someone | do i/we really/actually have/need to |
        is this/that how you/it | is this/that really/supposed/seriously the/what/your/how/to/a/
        all | is this/that a joke | if/maybe you … bothered | (what) exactly are/am we/i paying
        | #fail/#notcool/#notimpressed/#epicfail/#disappointed/#badservice/#poorservice/#worst/
        #joke/#ridiculous/#unacceptable/#frustrated/#rant | 🙄/😒/🙃 | :upside_down_face:/:clap:
        (:clap:) :clap: | lol (,) so/how/what/of/sure/right | nice to know/see/hear that … not/
        no/never/nobody/clearly | good/glad to know/see/hear (that) … care/not/no/nobody/never/
        still | so (basically/now) the/your (workaround/solution/fix/answer/advice/
        recommendation/support/plan) is | do/doing your/our/their job | if only | who needs/
        knew/cares | because of course | because why | why not | what could (possibly) go |
        (yeah/yes/oh) right (,) because | shall/should i/we (just/also) wait/call/do/pay/hire/
        pray/write | as if | big/such surprise | imagine/fancy that/being/paying | congrats on/
        for | well/nicely done (,) again/you/for/breaking/guys | oh (the) joy/good | rest of us
        | third time lucky | thrilled/delighted/overjoyed to | for a change | keep up the bad/
        great/terrible | expect people/us/me/customers to/with | wow . | . wow , so/no/not/you/
        what/another/a/thanks/just | just wow | just/oh … great/perfect/wonderful/brilliant/
        fantastic/lovely/peachy . | great ,/. just great | cool (,) cool | perfect/great/
        impeccable/excellent/amazing timing | would/could it kill/hurt | for once | so (now) i/
        we (just/now/then) have/need/get/must (to) wait/pay/do/contact/explain/tell/figure/
        guess/hope/restart/beg | so (we/i/you) (just) wait then | so you (guys) just/expect/
        think/charge/take/knew | so you can … but | so i/we should just | so … is (it) (just/
        now) (a) feature/normal/acceptable | what do/does/did i/we/it pay/get/paying/matter
        (you/for) | what is the sla/point/use/support worth/for/good | worth the paper | spare
        me/us the/your | lucky/happy days | improved it/this ./,/! | upgrade/improvement/fix/
        feature/support … they said | what could go | it is 2019/2020/2021/2022/2023/2024/2025/
        2026/# and you/this/it/there/we | at this rate | maybe next year/time | see you next
        year | not holding my | holding my breath | joke of the | award/medal/prize/trophy/oscar
        for | give (that/this/the) (man/person/team) a medal/raise | another/yet cancelled/
        canceled/delayed/failed/broken/outage/delay/excuse/bug/regression/failure | fun/good
        times | not like/as (if/we/i) (we/i) (have/need/had/pay) | interesting/creative/curious/
        novel definition/interpretation/concept/understanding of | is/was the plan/idea to just/
        simply | your definition/idea of | permanent fix
        """,
    ),
    Sign(
        Kind.COMPLAINT,
        CLEAR,
        "it asks how this can be",
        """
        why on earth | why the hell | why … bother | why would you/anyone/anybody/i | why do/
        did/does/is/are/can/has/have/am you/this/no/not/we/i/nobody/your … still/always/ever/
        every/never/keep/keeps/pay/paying/even | why is this/it so/still/always/taking hard/
        difficult/complicated/not/broken/long/slow | why was/were/are/am we/i/nobody/no not
        informed/told/notified/warned | why … take/takes/taking so long/many/much/weeks/days |
        how … hard can/could/is | how is this/that/it (even/still) possible/acceptable/allowed/
        ok/broken | how is this/that/it (even/still) still/even | how can/could this/that/it/you
        … not/possibly/happen/even/expect | how can/could a company | how do you expect | what
        is the point | what … am/are i/we … paying | paying (you) good/so/premium/enterprise
        money/much/price | paying/pay … for this | paying customer/customers | we/i pay (you) …
        for/and/# this/get/that | premium/enterprise/priority support | not understand/get/see
        why … you/this/it/keeps/we | is it (really/too/that/so) (that) much/hard/difficult (to)
        | when are/will you … finally | when is soon | when … finally | why is your/there/it/
        nobody no/not/so/always/still | why is (your) … so/always slow/bad/hard/difficult/
        complicated/slow/terrible/poor/long | why is there no | why can/could/will/do you/they/
        nobody/no not/one just/simply/ever/even/fix | can not you/they just/even/simply | could
        you (guys) not … just/even/simply | who … earth | what … earth | how … earth | is/are/
        was/does/do/did this/that/anyone/anybody/there/someone/you/they … even | is this/that/it
        really the/necessary/your/how/too | is this/that supposed/meant to be | is this/that
        normal for/at/in you/your | does/did/do no/nobody one care/test/read/check | whose idea
        | why should i/we have/pay/wait/need/trust/bother | why must/am/do i/we always/again/
        still/constantly/keep | why does/do nobody/no one | for the price/money (we/i/you) pay/
        paid/charge | at this price | why do/should/must i/we (always/still) have/need to find/
        learn/hear/ask/tell/explain/wait/beg/chase/repeat/pay/remind | tell/remind me why we/i
        should/pay/bother/use | why we/i should renew/stay/pay/keep/trust/continue | do i/we
        really/seriously/actually need/have/want | how is it possible
        """,
    ),
)
