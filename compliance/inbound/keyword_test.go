package inbound

import "testing"

func TestKeyword(t *testing.T) {
	t.Parallel()
	for label, texts := range map[Label][]string{
		OptOut: {"STOP", "Stop.", "stop", "\"stop\"", "ST0P", "5TOP", "$top", "S T O P", "S.T.O.P", "s-t-o-p", "STOPALL", "stop all", "quit", "END", "End!", "revoke",
			"opt out", "optout", "opt-out", "OPT OUT", "cancel", "unsubscribe", "unsub", "alto", "ALTO", "parar", "cancelar", "arret", "arrêt", "🛑", "🛑🛑🛑", "ｓｔｏｐ",
			"ЅТОР", "s\u200btop", "\u202estop", "stooop", "STOPPPP", "stpo", "sotp", "stopp", "sttop", "stp", "stip", "unsuscribe", "unsubcribe", "cancle", "cancell", "revok",
			"qiut", "quitt", "optut", "please stop", "stop please", "STOP now", "stop stop", "sto p", "stop help", "no stop", "🅂🅃🄾🄿", "🅢🅣🅞🅟", "sᴛᴏᴘ", "paarr", "cancelr", "altto"},
		OptIn: {"START", "unstop", "start please", "opt in"},
		Help:  {"HELP", "info", "Ayuda", "help?"},
	} {
		for _, text := range texts {
			if got, ok := Keyword(text); !ok || got != label {
				t.Errorf("%q: %q %v, want %s", text, got, ok, label)
			}
		}
	}
	for _, text := range []string{"", " ", "YES", "yes", "no", "ok", "can I stop by", "stop by later", "at the bus stop", "ok start", "let's start friday", "help me set up a plan",
		"shop", "top", "step", "and", "send", "quite", "algo", "auto", "pagar", "para", "cancer", "hello", "into", "star", "don't stop", "stop the autopay", "end of month", "1", "300"} {
		if l, ok := Keyword(text); ok {
			t.Errorf("%q reads as %s", text, l)
		}
	}
}
