package config

import (
	"encoding"
	"fmt"
	"os"
	"reflect"
	"strconv"
	"strings"
)

// Environ looks up an environment variable; os.LookupEnv in production.
type Environ func(name string) (string, bool)

// overlay sets every scalar from its environment variable: PARLEY_ and the
// dotted path in capitals, dots as underscores. A field tagged `env` has that name instead, and
// further names may follow it as fallbacks. Secrets may be given as NAME_FILE.
func overlay(dst any, environ Environ) Faults {
	var faults Faults
	walk(reflect.ValueOf(dst).Elem(), "PARLEY", environ, &faults)
	return faults
}

func walk(v reflect.Value, prefix string, environ Environ, faults *Faults) {
	for i := range v.NumField() {
		field, value := v.Type().Field(i), v.Field(i)
		name := yamlName(field)
		if name == "" {
			continue
		}
		names := envNames(field, prefix)
		isText := reflect.PointerTo(field.Type).Implements(textUnmarshaler)
		switch {
		case field.Type.Kind() == reflect.Struct && !isText:
			walk(value, names[0], environ, faults)
		case field.Type.Kind() == reflect.Map:
			// Portfolios and licences have names of their own: file only.
		default:
			fromEnv(value, field, names, environ, faults)
		}
	}
}

// envNames are the variables of a field, the first found wins; a struct's first one begins those of its fields.
func envNames(field reflect.StructField, prefix string) []string {
	names := strings.Split(field.Tag.Get("env"), ",")
	if names[0] == "" {
		names = []string{prefix + "_" + strings.ToUpper(yamlName(field))}
	}
	return names
}

func fromEnv(value reflect.Value, field reflect.StructField, names []string, environ Environ, faults *Faults) {
	for _, name := range names {
		text, ok := environ(name)
		if !ok && field.Type == reflect.TypeFor[Secret]() {
			var err error
			if text, ok, err = fromFile(name+"_FILE", environ); err != nil {
				*faults = append(*faults, Fault{Where: name + "_FILE", What: err.Error()})
				return
			}
		}
		if !ok || text == "" {
			continue
		}
		if err := setText(value, text); err != nil {
			*faults = append(*faults, Fault{Where: name, What: err.Error()})
		}
		return
	}
}

func fromFile(name string, environ Environ) (string, bool, error) {
	path, ok := environ(name)
	if !ok || path == "" {
		return "", false, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", false, fmt.Errorf("can't be read: %w", err)
	}
	return strings.TrimSpace(string(data)), true, nil
}

func setText(v reflect.Value, text string) error {
	if u, ok := v.Addr().Interface().(encoding.TextUnmarshaler); ok {
		return u.UnmarshalText([]byte(text))
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Bool:
		b, err := strconv.ParseBool(text)
		if err != nil {
			return fmt.Errorf("must be true or false")
		}
		v.SetBool(b)
	case reflect.Int, reflect.Int64:
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return fmt.Errorf("must be a whole number")
		}
		v.SetInt(n)
	case reflect.Slice:
		list := strings.Split(text, ",")
		for i := range list {
			list[i] = strings.TrimSpace(list[i])
		}
		v.Set(reflect.ValueOf(list))
	default:
		return fmt.Errorf("can't be set from the environment")
	}
	return nil
}
