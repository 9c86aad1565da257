// SPDX-License-Identifier: Apache-2.0

// The entertainer with LangChainGo: the client is made once, during initialisation.
package main

import (
	"context"
	"log"

	"github.com/aws/aws-lambda-go/lambda"
	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/llms/openai"
)

type event struct {
	Prompt string `json:"prompt"`
}

type reply struct {
	Response string `json:"response"`
}

func main() {
	model, err := openai.New(openai.WithModel("gpt-4o"))
	if err != nil {
		log.Fatal(err)
	}
	lambda.Start(func(ctx context.Context, in event) (reply, error) {
		answer, err := model.GenerateContent(ctx, []llms.MessageContent{
			llms.TextParts(llms.ChatMessageTypeSystem, "You are a comedian here to entertain the user using humour and jokes."),
			llms.TextParts(llms.ChatMessageTypeHuman, in.Prompt),
		})
		if err != nil {
			return reply{}, err
		}
		return reply{Response: answer.Choices[0].Content}, nil
	})
}
