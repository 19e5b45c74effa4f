"""Waiting too long, asking too often, and what it leads to."""

from __future__ import annotations

from bot.core.listening.signs import CLEAR, Kind, Sign

IMPATIENCE = (
    Sign(
        Kind.COMPLAINT,
        CLEAR,
        "they have waited or asked too often",
        """
        #th/second/third/fourth/fifth/sixth/nth/umpteenth time/ticket/email/outage/incident/
        attempt/message … this/in/i/we/that/today/and/now | # times … this/already/now/today/
        and/but/week/month/without/because | called/emailed/asked/written/contacted/tweeted/
        messaged/explained/chased/reported/told/complained … # times/people/agents/persons/reps/
        different | called/emailed/asked/written/contacted/tweeted/messaged/explained/chased/
        reported/told/complained twice | explained/told/asked/said/reported/raised/repeated/
        described … # … people/agents/persons/reps/colleagues/tickets | how many (more) times/
        people/tickets/emails/weeks/days/months | how much longer | how long … (must/should/
        will/do) i/we … wait | (have/has/am/are/been) been waiting | (am/are) still waiting |
        waiting … for/since/over/more (than) (#/a/an/the) days/weeks/week/months/month/hours/
        hour/day/monday/tuesday/wednesday/thursday/friday/forever/ages/last/yesterday | for
        days/weeks/months/ages now/,/and/./! | been # days/weeks/months now/and/,/already/with/
        without | been # days/weeks/months . | been a/over/almost/nearly/more (than) (a/#) week/
        weeks/month/months/year/years | # days/weeks/months/hours … and/, (we/i/you) (have/are/
        am) still/nothing/no/not/counting | # weeks/months later/ago and/, (we/i/you) (have/are/
        am) still/nothing/no/not | too long | no one … answer/answers/answered/replied/replies/
        reply/cares/care/responds/responded/respond/response/helped/helps/calls/called/
        contacted/informed/told/bothered/reacts/reacted/listens/reads/knows | no response/reply/
        answer/reaction/communication/feedback/update/explanation … yet/since/so/whatsoever/
        after | no response/reply/answer from you/your/support/anyone/anybody/them/the team/
        support/company | still/yet no … reply/response/answer/update/news/sign/progress/word/
        solution | still/yet nothing | without/not a/any/even … single/one … reply/response/
        answer/word/update/message/explanation/call | not/never … heard … back/anything/from |
        not receive/received … information/reply/response/answer/feedback from | not receive/
        received any/a answer/reply/response/help/feedback/support | never heard/replied/
        answered/called/responded | ignored/ignoring/ignores/ghosted/ghosting (me/us/my/our/
        this/all/for/by/again/everything/customers) | (the/your) silence/crickets | you/they/
        guys (just/all) keep/keeps/kept (on) asking/telling/saying/repeating/promising/breaking/
        ignoring/sending/giving/closing/changing/moving/pointing | this/it/that (just) keeps/
        kept (on) happening/breaking | over and over (again) | again and again | time and again/
        time | once again … ,/we/i/you/it/the/had/have | yet again | every single time | every
        single day/week/month/release/update | every update/release … breaks/broke | back and
        forth | passed/sent/bounced/pushed/running (me/us/from) around/along/circles/pillar | in
        circles | (as/like) i/we (have) already/repeatedly said/told/asked/mentioned/explained/
        wrote/reported | as (i/we) (have) (already) explained/stated/said/told … before/twice/
        already/times | # different people/agents/reps/times/answers | is anyone/anybody/
        someone/somebody … even/reading/listening/actually/alive | anyone/anybody actually/even/
        alive/reading | stop sending/telling/asking/giving/closing/changing/breaking/saying/
        treating | can/could/will/would someone/you/anyone/somebody/anybody (please) finally/
        actually/just … look/fix/answer/do/help/tell/explain/solve/reply | chasing you/for/this/
        people | # outages/incidents/bugs/failures … this/in/and | third/fourth/fifth outage/
        incident/failure | copy paste/pasted | canned/scripted/generic/automated answer/answers/
        reply/replies/response/responses | any chance of (getting/an/a) | this year/century |
        for ever | gone/going/dragging/dragged on for/too/since/long | nothing to tell/say/show/
        report | fix nothing/anything | fix (this/it) now ./! | no/any one/body (has/have/got/
        with) (a/any) clue/idea/answer | any chance (that/of) … someone/anyone/somebody/you
        will/could/can/is/might | any chance (that/of) … someone/anyone/somebody/you look/looks/
        answer/answers/reply/replies/respond/responds/fix | complete/endless/infinite/same/a/in
        loop … and/never/you/of/support/tickets/again | never talk/speak/get/heard/reach to/
        through/a/back/anyone | can not (even) reach/contact/get hold/through/anyone/anybody/
        you/support | impossible to reach/contact/get/speak/talk | (on/been/was) hold for | hung
        up on | disconnected/transferred me/us | transferred/redirected/forwarded/bounced … #
        times | transferred/redirected/bounced … from/between/again/around | still/yet … in my/
        our inbox | has/have gone/been (very/completely) silent/quiet/unanswered/ignored |
        unanswered/unacknowledged | left (us/me) … hanging/waiting/dark/unanswered/alone/nothing
        | in the dark | far/way too many/often/long/much/slow/late | too many times/outages/bugs
        | not talking to | you do not (even/seem/really) (to) have/know/care/understand/listen/
        offer/answer (a/an/any/the) number/clue/idea/phone/way/anyone/support/it | (was/were/is/
        are) never (even) offered/told/informed/asked/given/answered/notified/mentioned/
        contacted | radio/total/complete/deafening silence | not/never got/received/had/gotten/
        seen (back/a/an/any/one) (single) response/reply/answer/callback/email/update/word/call
        | you/they/support/one/team has/have not (even) responded/replied/answered/contacted
        (back/to/yet/since/my/our/me/us) | did not (even) respond/reply/answer/bother/listen to/
        me/us/my/our/./at/and | no show/callback/call | one/a/# week/weeks/month/months/day/
        days/hour/hours/year/years . still/no/nothing/and/not | over/almost/nearly/after a week/
        month/year (and/,) (we/i/you) (are/am/have) still/no/nothing/not | still open/
        unresolved/unanswered/pending/broken/happening after/since/for | still unresolved/
        unanswered | still not fixed/resolved/solved/answered/heard/received ./!/,/after/and/by/
        since | still … after/for # days/weeks/months/hours/tickets/emails/calls | after #
        tickets/emails/calls/reminders/messages/requests | for the # time | for … third/fourth/
        fifth/sixth/nth/umpteenth/hundredth/#th time | asking/requesting/telling/reporting/
        saying/writing … for weeks/months/days/ages | asked … twice/already/times | already
        asked/told/explained/said/sent/reported/provided/answered/mentioned/tried … twice/times/
        before/weeks/days | already tried that/this/it twice/and/./, | we/i already tried/told/
        said/asked/explained/sent/gave/provided (you/that/this/it/them) twice/times/. | again ?!
        | not again | same … as/since … last/weeks/months/before/yesterday/always | happens/
        happened/happening … every/each release/update/single/week | every/each (single/damn)
        week/month/release/update/day (,) something/there/another | third/fourth/fifth/sixth/#th
        … (week/month/day/outage/incident/failure/time) … row | in a row | reminder number |
        last/final reminder/warning | no solution/fix in/after/yet/since | for the # time ,/:/./
        - | for the third/second/fourth/fifth/last time | asked/ask/asking/say/said/saying/
        repeat/try (this) again :/, | per/to/see my/our last/previous/earlier # email/message/
        messages/emails/ticket/tickets | per my last/previous | asked … weeks/days/months ago |
        got no/zero reply/replies/answer/response/answers/help/feedback | and/but/so/with/got no
        reply/answer/response/replies/answers | not (a/one) … reply/answer/word/response … in/
        from/since | hello/anyone/anybody/guys/team/somebody home/alive ? | anyone/anybody home
        | . anyone/anybody/someone/somebody ? | on hold | not (the) first time | this is/was the
        second/third/fourth/fifth/last time | how many/often … do/must/have/should/need (we/i) |
        (you) have known about | known (about) (this/it) … for/since | this/it was due
        yesterday/last/on/monday/friday/days/weeks | was due yesterday | what is taking so/this
        | taking/takes/took/take (so/far/way) forever/ages | so/too/this long for/to … answer/
        reply/fix/respond/response | another day , another | why so long | not/no (any) … closer
        | without (any) success ,/and … support/you | where is it ?/! | where/when is my …
        refund/order/money/parcel/package | any (real/actual/tangible/visible) progress | no/
        zero (real/visible/tangible) progress | i/we (have) (to) chase/chasing/chased |
        unresponsive support/team | does anyone/anybody there | is there anyone/anybody/someone
        … who/there/actually/left | still broken . | not maintained/supported anymore/any | even
        maintained/supported/alive | not next week/month/year/tomorrow/week | today , not | when
        exactly | when (is/are) (someone/you/anybody) … going to | for # days/weeks/months (now)
        ./!/?/, | without a/any (single) word/reply/answer/response/update from/. you/your/from
        | without a/any (single) word/reply/answer/response . | open/pending/waiting/unanswered/
        ongoing for # (business/working) days/weeks/months | open/pending/waiting/unanswered for
        over/almost/nearly/more | second/third/fourth/fifth/sixth/#th … this week/month/year/
        quarter | square one | where we/i started | everything you/they asked | nothing has
        (really) changed/happened/improved/moved/been (since/done/fixed/./,) | no one … owns/
        own/knows/follows/followed/takes/took/feels | you have had # days/weeks/months | going/
        want/willing to … (the) same … again | not going to … again | you (guys/people) never/
        constantly/repeatedly | ignore us/me/our/my | seems/feels like you/nobody/no | how come
        no/nobody/you | somebody/someone/anyone with actual/real/any knowledge/authority/power
        """,
    ),
    Sign(
        Kind.COMPLAINT,
        CLEAR,
        "they think of leaving, or of going higher",
        """
        cancel/cancelling/canceling/terminate/terminating/ending/leaving our/the … contract/
        subscription/agreement/plan | considering … cancelling/canceling/leaving/switching/
        moving/alternatives/terminating/options/stopping | switch/switching/moving/move/go/
        going/going/leave/leaving/jump/look/looking/looked to/with/over/for/at … competitor/
        competition/competitors/alternative/alternatives | switch/switching/moving/move/go/
        looking/look/find to/with/for/over/another another/a/different/other provider/vendor/
        company/supplier/tool/solution | find another/a provider/vendor/tool | (your)
        competitor/competitors | going/go/shop/shopping/look/looking/take/taking … elsewhere |
        last time i/we (will/ever) (ever) use/buy/order/fly/book | never (ever) … again | never
        use/buy/fly/order/shop/recommend/trust | last straw/chance | lost/lose/losing …
        customer/customers/client/clients/business/orders/sales/revenue/money/deal/deals | (has/
        have) lost (us/me) … (day/days/hours/week) of | lost/losing (an/a) full/whole/entire/
        half day/week | cost/costs/costing me/us/you … money/thousand/thousands/hours/customers/
        business/dollars/sales/day/days/every | (want/demand/expect/need/request) (a/my/our/the/
        an) (full/#) refund/compensation/explanation/apology now/immediately/today/or | i/we
        demand/insist | i/we need/want/expect/deserve/require a/an/my/# (full/#/$) refund/
        compensation/explanation/apology/credit/actual | my/our money back | compensate/
        reimburse me/us | lawyer/lawyers/attorney/sue/suing/ombudsman/bbb | our legal | breach
        of | sla clause/breach/penalty/violation/credits | invoke/invoking | speak/talk/
        escalate/escalating/escalated/contact/touch/complain … to/with … manager/supervisor/
        senior/higher/ceo/management/boss/director/leadership/person | someone/somebody senior/
        higher/competent/more | your manager/supervisor/boss/ceo/management/director |
        escalated/escalating/escalate … internally/this | formal/official/file/filing/make/
        making … complaint/complaints | to complain | i/we (will/would/have/must) … complain/
        complained/complaining | dead in the water | someone … who can/knows/actually make/
        understands/decide/cares/knows/help/fix | that/this is why i/we/people/everyone/you …
        cancelled/canceled/left/leave/switched/quit/hate/stopped/lose/losing/go/moved | someone/
        somebody/person … authority/decide/charge/competent/knows | talk/speak to a human/
        person/real/someone/manager/supervisor | an actual human/person | real person/human |
        escalation/escalate path/contact/point/now/immediately | who (can/do/should) (i/we)
        escalate | want/like/need this/it/to (be) escalated | reevaluate/reconsider/rethink/
        reassess/reconsidering our/your/the … contract/relationship/renewal/use/decision/
        options/partnership/vendor/choice | reconsider/reevaluate/re-evaluate/rethink/reassess
        whether/if/our/using/this/the | not (be) renew/renewing/recommend/recommending | want
        out | pull the plug | done with you/this/your | i/we am/are out ./! | goodbye/bye/adios
        you/for/forever | closing/close/delete my/our account | shop elsewhere | take … business
        | somewhere/somebody/someone else | (going/switch/switching/moving/back) (back) to
        (your/the) competitor | credit/credits for the/this downtime/outage/time/inconvenience |
        penalty/penalties/liable/liability/damages | trading/consumer standards/protection/
        rights | everyone/people/friends/colleagues to avoid/stay | stay/keep/steer away/clear
        from/of | warn/tell everyone/others/people/my | bad/negative review | from now on |
        dispute/disputing/chargeback the/this/charge/it/with | please/will/must/need escalate
        (this/it/the) | escalate this/it/the to/now/immediately/./,/further | if … not … by …
        we/i (will/are) | in breach | consequences/repercussions | exit/opt out/clause | end of
        the relationship/road/line | our/the/upcoming renewal | my/our … boss/ceo/cto/cfo/board/
        management/director/vp is/wants/will/has asking/breathing/going/not | breathing down |
        (is/are) asking (me/us) why/what | i/we have no/nothing answer/answers/explanation for/
        to | nothing (i/we) can tell/say | what (am/do/should/shall) i/we (supposed) (to) tell/
        say | answer to our/my board/boss/ceo/customers/clients/management
        """,
    ),
)
