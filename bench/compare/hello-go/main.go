// SPDX-License-Identifier: Apache-2.0

// A function that calls no model: the floor of Go's runtime.
package main

import (
	"context"
	"encoding/json"

	"github.com/aws/aws-lambda-go/lambda"
)

type reply struct {
	Response string `json:"response"`
}

func main() {
	lambda.Start(func(context.Context, json.RawMessage) (reply, error) {
		return reply{Response: "Ha!"}, nil
	})
}
