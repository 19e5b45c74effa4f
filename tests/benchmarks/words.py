"""What people write in a month; the braces are for numbers, so that no two texts are alike."""

from __future__ import annotations

ASKS = (
    "Our nightly export {} stopped at 2 am and the dashboard shows old numbers. Can someone look?",
    "Hi team, we cannot log in since this morning, it says that session {} has expired",
    "The invoice {} lists 42 seats, but we only have 38",
    "Is there a way to add a second webhook for project {}?",
    "We still have not heard back about the migration of {}, and this is urgent for us",
    (
        "The staging workspace {} needs the new certificate as well. Our security team asks for it"
        " to be in place before the audit, so that nobody has to sign an exception. The old one is"
        " attached to the ticket; the domain is the same as before."
    ),
    "Deploys to eu-west-1 fail with `502 Bad Gateway` about every third time, request {}",
    "How do we give user {} access to the reports without making them an administrator?",
)
CHASES = ("Any update on {}?", "Hello? Is somebody looking at {}?", "Still waiting for {} here")
FOLLOW_UPS = (
    "One more thing: does that hold for account {} as well?",
    "That did not help, {} still fails with the same message",
    "Where do we find that? We only see {} on that page",
)
THANKS = ("Thanks, that works now! ({})", "Great, thank you ({})", "Perfect, {} is there now")
REPLIES = (
    "Could you send us the log of {}?",
    "That is expected: key {} expires after 24 hours and is renewed by the next request.",
    "We fixed this in release {}, you can update whenever you like",
    "You find it under Settings, Integrations; number {} is the one that you need.",
    "Please try again now, I have restarted job {}. If it fails once more, write to me right here.",
    "Happy to help! {} was only missing a permission, which I have added.",
)
PROMISES = (
    "Thanks for the report of {}! I'll look into it and get back to you by Friday.",
    "I'll send you the corrected file {} tomorrow",
    "Our team is on it, we'll ship the fix for {} tomorrow at 3pm",
    "Let me check {} and update you this afternoon",
    "I will let you know about {} in 2 hours",
)
