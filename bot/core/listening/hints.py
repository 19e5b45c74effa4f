"""Words that are no displeasure by themselves, and words that speak against it."""

from __future__ import annotations

from bot.core.listening.signs import HALF, SLIGHT, Kind, Sign

HINTS = (
    Sign(
        Kind.COMPLAINT,
        HALF,
        "its words hint at displeasure",
        """
        nothing/impossible/useless/terrible/awful/horrible/worst/ridiculously/insane/insanely |
        no/not help/helpful/helping/solution/answer | does/did not help | outage/outages/
        downtime | canceled/cancelled/overcharged/stranded/refused/misleading/misled/lied/lying/
        scam/fraudulent/stolen | charged … twice/double/extra | lost/losing/wasted/waste/ruined/
        ruining | annoying/annoys/stupid/nonsense/rubbish/garbage/trash/mess/painful/stressful/
        desperate/hate/poor/poorly/crazy/absurd/shame/regret/messing | customer/costumer/your
        service/rep/reps | beg/begging | spent/spend … money/hours/days | unclear/outdated/
        misleading/confusing/incomplete documentation/docs | documentation/docs (is/are)
        (totally/completely/very/really/so/a) unclear/outdated/misleading/confusing/mess/
        terrible/wrong | totally/completely/utterly | you guys/people | finally | complaint/
        complaints/complaining | your (last/latest/new/stupid) release/update/change/deploy/
        version/system/team/support … broke/breaks/ruined/killed/messed | broke everything/
        again/our/all | our patience | broken too/again | # outages | promised/promise/promises
        | called/kicked/hung off/up | expect/demand | seriously/honestly/frankly | too much to
        ask | not even | 👎/:thumbsdown:/:-1:/:unamused:/:face_with_rolling_eyes:/:rolling_eyes:/
        :facepalm:/:man-facepalming:/:woman-facepalming:/🤦 | not help ./,/!/at | ,/. another |
        dirty/filthy/rotten/mouldy/moldy/stale/smashed/disconnected/delays/ripped/stung/unfair/
        silly/bad/worse/sucked | cut me/us off | hour/hours/mins/minutes/days/weeks/months late/
        waiting/delayed/wait | # weeks/months ago | for # hours/days/weeks/months | since
        january/february/march/april/may/june/july/august/september/october/november/december/
        last | . again . | again . | , again | you guys | pay/paid/paying for | i/we pay/paid |
        wow , | no info/information/explanation/apology/clue/idea | not even/bother/bothered |
        you/they (still) (will/can/do/could) not | you still | mistake/mistakes | no one home/
        there/here/cares | refuses/refusing/refuse | ignorant/arrogant/patronizing/patronising/
        condescending | never | tech/customer/your support | days/weeks . # . | fix/update/
        patch/upgrade/release/change (has/have/just/also) broke/broken/breaks | people/
        customers/users/everyone/team/clients (are) waiting | not (really/very) helpful | (even)
        worse than | even worse | an actual/actual
        """,
    ),
    Sign(
        Kind.COMPLAINT,
        SLIGHT,
        "it has a sigh in it",
        """
        still | again | actually | 😭/😩/😫/😢/😞/😔/😥/😕/:(/:-(/:/ | :sob:/:weary:/:disappointed:/
        :cry: | at all | anymore
        """,
    ),
    Sign(
        Kind.COMPLAINT,
        -1.75,
        "it is friendly",
        """
        thanks/thank (you) (so/very) (much/again) | cheers/appreciate/appreciated/grateful |
        love/great/awesome/amazing/excellent/perfect/brilliant/happy/enjoying/glad/nice/lovely/
        fantastic/impressed | 😊/🙂/😀/😄/😁/👍/🙏/❤/🎉/😍/👌/🙌/😜/😂/🤣 | :) | :-) | :d | ;) |
        :slightly_smiling_face: | :smile: | :+1: | :pray: | :tada: | :joy: | haha/lol/hehe |
        not complaining/blaming/urgent | no complaint/complaints | i hate to bother/ask/chase/be |
        sorry to/for/about bother/the/ask/my/chase/delay | no problem/worries/rush
        """,
    ),
    Sign(
        Kind.COMPLAINT,
        -0.5,
        "it is polite",
        """
        please/kindly | could/would you | can/could anyone/someone | any idea/ideas/advice/
        thoughts/insights | hi/hello team/all/everyone/guys/there | i was (a/bit/just) confused
        """,
    ),
)
