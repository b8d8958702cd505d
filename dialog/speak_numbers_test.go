package dialog

import "testing"

func TestNumbersAreReadAsTheyAreSpoken(t *testing.T) {
	t.Parallel()
	for said, want := range map[string]string{
		"seven eight seven zero one":         "78701",
		"my zip is seven eight seven oh one": "my zip is 78701",
		"seventy-eight seven zero one":       "78701",
		"seven eight seven, double oh":       "78700",
		"7 8 7 0 1":                          "78701",
		"787 01":                             "78701",
		"78701":                              "78701",
		"nineteen eighty six":                "1986",
		"nineteen eighty-six":                "1986",
		"nineteen oh five":                   "1905",
		"two thousand and three":             "2003",
		"two thousand":                       "2000",
		"mil novecientos ochenta y seis":     "1986",
		"dos mil tres":                       "2003",
		"siete ocho siete cero uno":          "78701",
		"seven eight seven zero one and nineteen eighty six": "78701 and 1986",
		"seven eight seven zero one nineteen eighty six":     "78701 1986",
		"78701 and 1986":                    "78701 and 1986",
		"78701 1986":                        "78701 1986",
		"april twelfth nineteen eighty six": "april 12 1986",
		"may twenty third nineteen seventy": "may 23 1970",
		"yes this is she":                   "yes this is she",
		"no":                                "no",
	} {
		if got := figures(said); got != want {
			t.Errorf("%q was read as %q, want %q", said, got, want)
		}
	}
}
