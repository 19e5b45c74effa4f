"""What was promised or could be expected, and did not come."""

from __future__ import annotations

from bot.core.listening.signs import CLEAR, Kind, Sign

LETDOWN = (
    Sign(
        Kind.COMPLAINT,
        CLEAR,
        "something promised or expected did not come",
        """
        (we/i) was/were/been/being promised/assured/guaranteed | was/were told … would/will/it/
        this/that/soon/last/within/yesterday/weeks/days/#/different | you/they/guys/sales/
        support/rep/company (had/have/all) … promised/promise/assured/guaranteed/claimed/swore |
        you/they/support/sales (guys) said/told … would/will/no/fixed/it/soon/days/hours/never |
        broken/empty/another promise/promises | supposed/meant to be/have … by/yesterday/weeks/
        days/last/enterprise/premium/reliable/professional/support | should have been … by/
        already/ago/last/weeks/days/told/informed/tested/caught/communicated | would have (been)
        expected/hoped/appreciated/nice/liked/thought | expected/expect/deserve/deserved/hoped …
        better/more from | (we/i) expected/expect/deserve/hoped better/more | not what i/we …
        signed/paid/ordered/asked/agreed/expected/pay/bought/discussed | not what (was)
        promised/agreed | do you/they/guys (really/actually/even/seriously/honestly) (guys/
        people) … expect/think/care/want/read/listen/know/test/believe/even | do you/u expect
        people/us/me/customers | did anyone/you/anybody … even/actually/test/read/bother/think |
        are you … kidding/joking/serious/seriously/aware/listening/trying/reading | failed/
        fails/failing to deliver/respond/reply/answer/provide/help/inform/communicate/fulfill/
        honor | no apology/accountability/ownership | was/were not (even) ready/willing/
        interested/listening/informed/told/warned/notified | without (any/prior/a/even) telling/
        asking/informing/notifying/notice/warning/announcement/communication us/me/./,/at/of |
        no (prior/advance) notice/warning/announcement/communication | no one … told/informed/
        warned/notified | learned/learnt/learn/hear/heard/find/found (out) … from … twitter/own/
        customers/users/client/clients | find/found (this/it) out by/for/ourselves ourselves/
        myself/accident/ourself | surprised/astonished/shocked/baffled/amazed/stunned … no/
        nobody/not/never/you | past deadline/due/the deadline/sla | missed/missing your/the/
        another deadline | it is now (the) (#/#th/monday/tuesday/wednesday/thursday/friday) |
        you said | # minutes/hours of downtime | beta tester/testers | guinea pig/pigs | you
        (guys/people/all/folks) (really/seriously/just) need/should/ought/have (to) (really/
        seriously/just/at/have) fix/update/improve/learn/rethink/sort/test/stop/communicate/
        train/hire/reconsider/listen/respond/warn/tell/inform/told/warned/tested/informed/least
        | used to be/work … much/better/easier/faster/great/good/reliable/fine/well | used to be
        a | this/it/that/which (still) does/do/did not (even/really/actually) solve/answer/
        address the/my/our/anything/a | makes/make/making no sense | does/do not make any/much/a
        sense | fixed … and … broke/broken/breaks | take/taking/took/takes … seriously |
        (should/could/can) not be (this/so/that) hard/difficult/complicated/painful | should not
        have to/happened/been/taken | should not happen/take | should not have to/happened/been
        | i/we should not have to | least you/they could/can | (not) what i/we call | not even
        bother/try/read/answer/reply | no/zero/little/any transparency/accountability/
        communication/ownership/empathy/respect | lack of communication/transparency/support/
        response/care/information/progress/respect | zero communication/support/response/
        progress/updates/help | you/they/no/support (one) (do/does/did) not (even/seem/really/
        actually) (to) care/listen/bother/read | made us/me look | looks bad | rather/quite/
        very/pretty/extremely/deeply/highly/is concerning/worrying/disturbing/alarming/
        unsettling | difficult/hard to justify/defend/accept/believe | hard/difficult to
        justify/accept/believe/defend | hoping/hoped for better/more | far/well/way below/from/
        short what/expectations/of/acceptable/ideal/good | below expectations | not (up) to
        (the) standard/standards/par/scratch | (does/do/did) not (meet/match) expectations/
        match/meet | not good ./!/, | regression after/again | false/misleading advertising/
        claims/information/advertised | as advertised/promised/agreed | contrary/opposed to what
        you/was | had enough | before you change/break/deploy/release/push | an/our/the/had
        agreement … not | not sticking/stick/stuck to/by | sticks to it | (you) went back on |
        hoped for … more/better/than | had (really) hoped | would have gone a | would have been
        nice/good/helpful/great/appreciated/polite to/if | heads up would | a heads-up | (not)
        an/a/no (real/actual/proper/straight/serious/acceptable/useful/good) answer to/for/./,/!
        | not an answer | non answer/answers | straight/actual/real/proper/honest/clear/concrete
        answer/answers/explanation/plan/date ./,/!/?/for/from/to/instead/this/and | boilerplate/
        standard answer/answers/reply/response/text/./template | the boilerplate | half-baked/
        half-assed/halfhearted | so no one/body … tested/checked/noticed/looked/thought/read |
        no one/nobody noticed/tested/checked/seems/thought/bothered | hard to believe | find it/
        this hard/difficult/strange/odd/concerning/unacceptable | you (simply/just/actually/
        then/now/guys) closed/broke/break/lost/ignored/cut/charged/ruined/messed/screwed/
        deleted/removed/overcharged/refused/refuse/forgot/dropped/abandoned/killed/sold | you/
        they (have) (simply/just/actually/then/now/guys) improved/"improved" it/this | closed
        (the/my/our/this) … without | without (even/actually/ever) reading/looking/testing/
        reviewing/understanding | without even/actually/ever asking/checking/trying | not
        option/options | is/are not an/really option | (far/already/now) too (little) late | too
        little | enterprise grade/ready/quality/level/product/customer/vendor/software | as a
        (paying/long-term/premium/loyal/long) customer/client/subscriber | loyal/long-time/
        longtime/longstanding customer/client/customers | do you have any idea how | do/did you
        (even/really/actually) realise/realize/understand how/what/that | realise/realize/
        understand/see how serious/important/urgent/critical/bad | stop (this) happening |
        needs/need/has/must/have to stop | has to (stop/change) | responsibility/accountable |
        blame/blaming/blamed/finger-pointing | force/forced/forcing us/me to | should really be
        basic/standard/simple/trivial/easy/obvious | something (so/as/this) basic/simple/trivial
        | this/such is basic | (how) is this not | not … what i/we would call | anything but ./!
        | of course (,) it/this/you/the/there/no/nobody/now/nothing breaks/broke/fails/not/down
        | and of course | as always ,/. | as expected ,/. still/broken/nothing/no/it | you/they/
        he/she told us/me | without telling/asking/informing/warning/notifying/consulting
        anyone/anybody/customers/users/people/your | written/proper/full/formal explanation/
        statement/report/response by/./,/from | want/wants/expect/expects/demand/demands/
        deserve/deserves a/an/some (written/proper/full/formal) explanation/apology/answer/
        answers/accountability | if that/this is (really/all) (the/what/how/your) level/best/
        standard/kind/sort/support/you | level/kind/sort/quality of support/service/treatment/
        answer/response | empty/just words/talk | lip service | bait and | blame game | the buck
        | untested/half-finished | clearly/obviously not/untested/nobody/no/never/you |
        surprised that (this/it/you) (was/were/could/would) … without | i am/was (quite/rather/
        very) surprised (that/to/by) no/you/this | do not tell me to/that/it/this
        """,
    ),
)
