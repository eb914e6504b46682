"""What she allowed, to whom, until when: the rule is `nyumbani.domain.consent.rule.may`."""
