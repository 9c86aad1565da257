// SPDX-License-Identifier: Apache-2.0

// Many streamed calls at once in one process with LangChainGo: what they cost.
package main

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"log"
	"os"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/tmc/langchaingo/llms"
	"github.com/tmc/langchaingo/llms/openai"
)

func cpuMs() float64 {
	var usage syscall.Rusage
	syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	ms := func(time syscall.Timeval) float64 { return float64(time.Sec)*1e3 + float64(time.Usec)/1e3 }
	return ms(usage.Utime) + ms(usage.Stime)
}

func peakMb() float64 {
	file, err := os.Open("/proc/self/status")
	if err != nil {
		return 0
	}
	defer file.Close()
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if fields := strings.Fields(lines.Text()); len(fields) > 1 && fields[0] == "VmHWM:" {
			kb, _ := strconv.ParseFloat(fields[1], 64)
			return kb / 1024
		}
	}
	return 0
}

func main() {
	url := flag.String("url", "", "the provider's address")
	ca := flag.String("ca", "", "file with the trusted authority")
	name := flag.String("model", "", "")
	runs := flag.Int("runs", 1, "")
	flag.Parse()
	if *ca != "" {
		os.Setenv("SSL_CERT_FILE", *ca)
	}
	model, err := openai.New(openai.WithBaseURL(*url), openai.WithToken("any"), openai.WithModel(*name))
	if err != nil {
		log.Fatal(err)
	}
	messages := []llms.MessageContent{
		llms.TextParts(llms.ChatMessageTypeSystem, "You are a comedian."),
		llms.TextParts(llms.ChatMessageTypeHuman, "Entertain me!"),
	}
	var ok, characters atomic.Int64
	startCPU, startMb, begin := cpuMs(), peakMb(), time.Now()
	var group sync.WaitGroup
	for range *runs {
		group.Add(1)
		go func() {
			defer group.Done()
			_, err := model.GenerateContent(context.Background(), messages,
				llms.WithStreamingFunc(func(_ context.Context, piece []byte) error {
					characters.Add(int64(len(piece)))
					return nil
				}))
			if err != nil {
				log.Print(err)
				return
			}
			ok.Add(1)
		}()
	}
	group.Wait()
	fmt.Printf("{\"runs\":%d,\"ok\":%d,\"characters\":%d,\"wall_ms\":%.1f,\"cpu_ms\":%.1f,\"peak_mb\":%.2f,\"start_cpu_ms\":%.1f,\"start_mb\":%.2f}\n",
		*runs, ok.Load(), characters.Load(), float64(time.Since(begin).Microseconds())/1e3, cpuMs(), peakMb(), startCPU, startMb)
}
