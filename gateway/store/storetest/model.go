package storetest

import (
	"testing"

	"parley/gateway/store"
)

func runModel(t *testing.T, open func(t *testing.T) store.Store) {}
