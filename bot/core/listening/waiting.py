"""The words by which customers show that they wait for an answer."""

from __future__ import annotations

from bot.core.listening.signs import Kind, Sign

WAITING = (
    Sign(
        Kind.QUESTION,
        4.1,
        "it asks something",
        """
        . (and/so/but/also/or/then/ok/well/hi/hey/hello/yes/sorry/now/just) (,) what/how/why/
        where/who/which/whose | , what/how/why/where/who/which | (and/so/but/or/,/.) when will/
        can/is/are/do/does/would/should | and/so/but what/how/why/where/who/when will/can/is/
        are/do/does/would/should/about | . (and/so/but/also/or/then/ok/well/hi/hey/hello/yes/
        now/just) (,) is/are/was/does/did/has/can/could/would/will/should/may/shall/am it/this/
        that/there/i/we/you/they/the/a/any/my/our/your/anyone/someone/somebody/anybody/
        everything | . (and/so/but/also/or/then/ok/hi/hey/hello/now/just) (,) do/have i/we/you/
        they | any idea/ideas/thought/thoughts/insight/insights/advice/suggestion/suggestions/
        clue/clues/hint/hints/tips/luck/chance/way/help/pointers/guidance/possibility/eta/
        timeline | (am/are/was/just) wondering/curious | i wonder | not (really/quite/entirely/
        so) (too) sure/clear/certain/understand if/how/why/what/whether/where/which/when/about/
        that | do/did/does not (really/quite/fully) (know/understand/see/get) how/what/why/
        where/which/whether | unsure/unclear if/how/why/what/whether/where/which/when/about |
        no/any idea/clue how/what/why/where/which/if | trying to understand/figure/find/see/work
        | my/a/one/another/quick/general/more/# … question/questions is/about/on/regarding/
        for/:/,/. | have (a) … question/questions | tell/show me/us how/what/why/where/when/if/
        which | know how/why/where/if/whether | explain/clarify how/what/why/where/when/if/
        whether | is (it/this/that) possible | wanted/like/want to know/ask/check/confirm/
        understand/clarify | what is the | how do/can/should/to i/we/you | am i | maybe there is
        """,
    ),
    Sign(
        Kind.QUESTION,
        4,
        "it has a question mark",
        """
        ?
        """,
    ),
    Sign(
        Kind.REQUEST,
        4.2,
        "it asks for something",
        """
        please | can/could/would/will/may (please/kindly) you/someone/somebody/anyone/anybody |
        did/do you | someone/somebody/anyone can/could | let me/us know | need/needs/want/
        needing (some/your/more/any/a) help/assistance/support/advice/guidance | help/assist/
        advise/guide me/us/with/needed/required/here/on | i/we/who/they would (really/also/
        still) like/love/want/need/prefer/appreciate | i/we (really/also/just/still) want/need/
        require/wish/request | i/we am/are looking for | looking for/to | (would/will) be great/
        nice/helpful/good/awesome/lovely/cool/amazing/useful/wonderful if/to | appreciate any/
        some/it if | give/send/get/tell/show/share/provide/email/call/dm me/us | kindly | in
        advance | wait/waiting for your/an/the/you | ptal | need to change/update/cancel/create/
        add/remove/delete/return/know/speak/talk/get/see/have | i am thinking of | would
        appreciate | help !/? | feature request | (would) love to see/have/get
        """,
    ),
    Sign(
        Kind.PROBLEM,
        3.5,
        "it tells of a problem",
        """
        (do/does/did/is/are/was/will/would/can/could/has/have) not (always/even/really/
        currently/yet/properly/correctly) work/working/worked/load/loading/open/opening/show/
        showing/appear/appearing/sync/syncing/connect/connecting/start/starting/respond/
        responding/send/sending/receive/received/receiving/get/find/found/see/seeing/update/
        updating/run/running/save/saving/log/login/access/available/happen/happening/return/
        match/fixed/resolved/solved/correct/right/helping/support/supported/allow/let/arrive/
        arrived | does/do/did/is/are/was/has/have/will/would/can/could not ./,/when/if/for/on/
        with/in | found (a/another) bug/issue/problem/error/errors | still/yet/also … not |
        still get/gets/getting/got/see/seeing/fail/fails/failing/have/having/has/the/is/happens/
        happening/broken/there/waiting/stuck | can not | could not | unable/impossible to | not
        (been) able | not been able | error/errors/exception/exceptions/traceback/failure/
        failures/fails/failing/failed/fail/crash/crashes/crashed/crashing/timeout/timeouts |
        issue/issues/problem/problems/bug/bugs/trouble/glitch | broken/stuck/missing/wrong/
        incorrect/invalid/corrupt/corrupted/rejected/denied/declined/disappeared/disappears/
        vanished/hangs/hanging/frozen/duplicate/duplicates/duplicated | nothing happens/
        happened/works/changed/shows | not get … work/working/running | keep/keeps getting/
        failing/crashing/happening/saying/asking/giving/showing/on | no longer/more | (is/are/
        was/were/went/been/go/goes) down | strange/weird/odd/unexpected/confusing/confused | i/
        we (only/just) (get/got/am) getting/see kicked/logged/locked/charged/billed | not what/
        the/a | slow/slower/slowly/lagging/delayed/late | same error/issue/problem/thing/result
        | only works | stopped/stops/stop working/syncing/responding/sending/loading | without
        success/luck | (i/we/am/are) already using/tried/have/did/running/set/on | no success/
        luck/response/reply/answer/solution/one/data/result/results/change/effect | it/that/
        this/everything/all/they (is/are/was/were/has/have/all/now) (now/all/just) gone again
        """,
    ),
    Sign(
        Kind.CHASE,
        5,
        "it asks where the answer is",
        """
        any/an … update/updates/news/progress/feedback/movement/word | following/checking/
        circling/chasing up/in/back | just/gently/gentle/friendly bump/bumping/ping/pinging/
        reminder/nudge | . bump/bumping/ping/pinging/reminder | . hello/hi/hey/anyone/anybody ?
        | is anyone/anybody/someone there/here/around/looking | anyone/anybody there | (still/
        been) waiting for/on/since | still waiting | get/had/have/got a chance | have/has not
        heard (anything) (back) | when can/will/should i/we/you/it/this/the | status of/on/
        update
        """,
    ),
    Sign(
        Kind.UNCLEAR,
        3.0,
        "it goes on after a but",
        """
        but/however/although/though/unfortunately/except/unless/otherwise/sadly/whereas | one/
        another (more/last/other) thing/question/issue | also/additionally/besides , | not yet |
        except for/that
        """,
    ),
    Sign(
        Kind.INFO,
        3,
        "it brings what an answer may need",
        """
        ` | attached/attaching/enclosed/screenshot/screenshots/logs/pic/video/recording | here/
        there (it) is/are/you | here/there you go | . here | see below/above/attached/thread/
        here | sent you/it/them/the/a/over | i/we (have/just/already) done/did/sent/shared/
        added/uploaded/replied/posted/emailed/filled/submitted/dmed/provided/messaged (it/that/
        this/so) | . (ok/yes/just/all/i/sent) (,) done | as requested/asked | we/i (currently/
        also/still) use/run/deployed/installed/host/mean/meant | we/i are/am using/running/on/
        hosting | it/this/page/log/console/ui/error/message says/shows/reads/returns | the/our …
        version/id/account/name/code/date/plan/region is | instead of | my/our … email/number/
        order/username/account/phone/address/name/id/version is | user/account/order/request/
        ticket/workspace/job/project id | username/email/phone
        """,
    ),
)
