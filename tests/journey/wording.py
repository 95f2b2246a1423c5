"""What homeowners say and hear on a journey, in the order in which it comes."""

from tests.journey.homeowner import Exchange

INTAKE: tuple[Exchange, ...] = (
    ("Hi, my electric bill is $180 a month", r"automated assistant.*\$180 a month.*name\?"),
    ("My name is Dana Reyes", r"^Nice to meet you, Dana Reyes"),
    ("55 Water Street, Brooklyn, NY 11201", r"^Do you own the home"),
    ("I own it", r"^Which company sends"),
    ("Con Edison", r"^Which of these do you have"),
    ("one pool pump", r"^Noted: 1 pool pump.*Anything else"),
    ("no", r"What kind of roof"),
    ("metal", r"e-mail address for the offer"),
    ("dana@example.com", r"somebody else we may contact"),
    ("skip", r"Brooklyn, NY, 11201.*Shall I send your request"),
    ("yes", r"your request is in"),
)
INCENTIVES = (
    r"^Hi Dana, I looked up incentives .* Confirmed: Sunny Block Rebate, \$1,200\..*"
    r"Possible, not certain: Sunny Block Rebate, up to \$300, if .*https://\S+/refId/hg-\S+ "
    r".*None of this is a promise.*Shall we apply for you\?"
)
APPLYING = r"we ask for the applications now. A yes from a programme is never certain"
APPLICATION = r"the incentive application for Sunny Block Rebate.* is open and waits for you"
FIGURES = r"6\.2 kW with 14 panels, about 8,556 kWh a year, \$9,920"
DESIGN = rf"^Hi Dana, the design for your home is ready: {FIGURES}\."
PROPOSAL = rf"^Hi Dana, your solar proposal is ready: {FIGURES}\. Open it here: \S+/opensolar/proposals/\S+ "
ACCEPTED = r"^Wonderful .*sign in the proposal itself: \S+/opensolar/proposals/\S+"
SEALED = r"^Congratulations, Dana, your agreement is in place"
PAID = r"^Thank you, Dana, your payment has arrived"
SCHEDULED = r"^Hi Dana, your solar installation is planned for \w+day, \w+ \d+\. Does that day suit you\?"
DAY_CONFIRMED = r"^Thank you, the team knows that the day suits you"
ON_THE_WAY = r"today is the day: the installation team is on its way"
INSTALLED = r"your solar system is installed .*from 1 \(bad\) to 5 \(great\)"
RATED = r"^Thank you for that!.*in words"
PRAISED = r"^Thank you, I've passed your words on"
PROPOSAL_AGAIN = r"your solar proposal is still here for you: \S+/opensolar/proposals/\S+ "
TOMORROW = r"a reminder: your solar installation is planned for tomorrow, \w+day, \w+ \d+"
