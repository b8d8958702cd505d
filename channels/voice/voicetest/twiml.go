package voicetest

import (
	"encoding/xml"
	"errors"
	"strings"
)

// Doc is a TwiML document, as far as calls use it: its first verb, which decides.
type Doc struct {
	// Verb is the element's name, "" of an empty document. Attributes are the verb's.
	Verb       string
	Attributes map[string]string
	// Relay are the attributes of ConversationRelay within Connect; Languages and
	// Parameters its children.
	Relay      map[string]string
	Languages  []map[string]string
	Parameters map[string]string
	// Number is whom Dial calls, with the address of the whisper; Task what Enqueue passes on.
	Number, Whisper, Task string
	// Said is what Say says.
	Said string
}

type element struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Text     string     `xml:",chardata"`
	Children []element  `xml:",any"`
}

func (e element) attributes() map[string]string {
	m := map[string]string{}
	for _, a := range e.Attrs {
		m[a.Name.Local] = a.Value
	}
	return m
}

// ParseTwiML reads a document.
func ParseTwiML(doc string) (Doc, error) {
	var root element
	if err := xml.Unmarshal([]byte(doc), &root); err != nil {
		return Doc{}, err
	}
	if root.XMLName.Local != "Response" {
		return Doc{}, errors.New("not a TwiML document")
	}
	if len(root.Children) == 0 {
		return Doc{}, nil
	}
	verb := root.Children[0]
	d := Doc{Verb: verb.XMLName.Local, Attributes: verb.attributes(), Parameters: map[string]string{}}
	if d.Verb == "Say" {
		d.Said = strings.TrimSpace(verb.Text)
	}
	for _, c := range verb.Children {
		switch c.XMLName.Local {
		case "ConversationRelay":
			d.Relay = c.attributes()
			for _, g := range c.Children {
				a := g.attributes()
				switch g.XMLName.Local {
				case "Language":
					d.Languages = append(d.Languages, a)
				case "Parameter":
					d.Parameters[a["name"]] = a["value"]
				}
			}
		case "Number":
			d.Number, d.Whisper = strings.TrimSpace(c.Text), c.attributes()["url"]
		case "Task":
			d.Task = strings.TrimSpace(c.Text)
		}
	}
	return d, nil
}
