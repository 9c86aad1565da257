// SPDX-License-Identifier: Apache-2.0

// Functions for Lambda's Go runtime: one that answers whole, one that streams (argument `stream`).
package main

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"strings"
	"time"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/aws/aws-lambda-go/lambdacontext"
)

type request struct {
	Fail bool `json:"fail"`
}

type reply struct {
	Event json.RawMessage `json:"event"`
	ID    string          `json:"id"`
	Left  int64           `json:"left"`
}

// AskedToFail is the error type that must arrive at the caller.
type AskedToFail struct{}

func (AskedToFail) Error() string { return "asked to fail" }

func answer(ctx context.Context, event json.RawMessage) (*reply, error) {
	var wanted request
	if err := json.Unmarshal(event, &wanted); err != nil {
		return nil, err
	}
	if wanted.Fail {
		return nil, AskedToFail{}
	}
	known, _ := lambdacontext.FromContext(ctx)
	deadline, _ := ctx.Deadline()
	return &reply{event, known.AwsRequestID, time.Until(deadline).Milliseconds()}, nil
}

// A reader that fails when its text is at its end. Its field must not be exported: the runtime streams only what JSON
// finds empty.
type failingReader struct{ text io.Reader }

func (r failingReader) Read(into []byte) (int, error) {
	n, err := r.text.Read(into)
	if errors.Is(err, io.EOF) {
		err = AskedToFail{}
	}
	return n, err
}

func stream(_ context.Context, wanted request) (io.Reader, error) {
	words := io.MultiReader(strings.NewReader("one "), strings.NewReader("two "), strings.NewReader("three"))
	if wanted.Fail {
		return failingReader{words}, nil
	}
	return words, nil
}

func main() {
	if len(os.Args) > 1 && os.Args[1] == "stream" {
		lambda.Start(stream)
	}
	lambda.Start(answer)
}
