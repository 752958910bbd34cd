"""The parts of bin/drill: the stage, the questions, the mailbox and the findings."""
