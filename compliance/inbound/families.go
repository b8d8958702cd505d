package inbound

// families is the explicit list of all rules, in no particular order.
func families() []family {
	return []family{
		optOut, optIn, cease, medium,
		refusal, stopPayment, hardship,
		attorney, dispute, validation, identityTheft, coerced, bankruptcy, legalThreat, complaint, recording,
		deceased, wrongNumber, thirdParty, minor, military, vulnerable, selfHarm,
		inconvenientTime, inconvenientPlace, employer,
		humanRequest, botQuery, language,
	}
}
