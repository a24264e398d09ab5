"""One contract suite per port, which every implementation passes; and the policy they all call out under."""
