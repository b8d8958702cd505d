package desk

// EditDistance is for tests.
var EditDistance = editDistance
