package guard

// Cents is an amount of money in cents. In JSON it is a decimal number or string.
type Cents int64
