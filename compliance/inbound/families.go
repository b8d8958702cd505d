package inbound

// families is the explicit list of all rules, in no particular order.
func families() []family {
	return []family{
		optOut, optIn, cease,
	}
}
