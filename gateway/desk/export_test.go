package desk

// EditDistance and Today are for tests.
var (
	EditDistance = editDistance
	Today        = today
)
