// SPDX-License-Identifier: Apache-2.0

// A mock provider of Chat Completions for many streams at once: HTTP/1.1 on one port, TLS with HTTP/2 on another.
// The model's name says how many deltas an answer has: mock-50.
package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"flag"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"sync/atomic"
	"time"
)

const (
	delta = `data: {"id":"chatcmpl-0123456789abcdefghijklmnopq","object":"chat.completion.chunk","created":1700000000,"model":"mock","system_fingerprint":"fp_0123456789","choices":[{"index":0,"delta":{"content":" word"},"logprobs":null,"finish_reason":null}]}` + "\n\n"
	end   = `data: {"id":"chatcmpl-0123456789abcdefghijklmnopq","object":"chat.completion.chunk","created":1700000000,"model":"mock","system_fingerprint":"fp_0123456789","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}` + "\n\n" +
		`data: {"id":"chatcmpl-0123456789abcdefghijklmnopq","object":"chat.completion.chunk","created":1700000000,"model":"mock","system_fingerprint":"fp_0123456789","choices":[],"usage":{"prompt_tokens":10,"completion_tokens":50,"total_tokens":60}}` + "\n\ndata: [DONE]\n\n"
	// Longer answers are sent in pieces of about 16 kB, as a busy server does.
	shortAnswer   = 1000
	deltasAtOnce  = 64
	certificateOf = "127.0.0.1"
)

var (
	connections atomic.Int64
	requests    atomic.Int64
)

func answer(latency time.Duration) http.HandlerFunc {
	one, many := []byte(delta), []byte(strings.Repeat(delta, deltasAtOnce))
	return func(w http.ResponseWriter, r *http.Request) {
		var question struct{ Model string }
		if err := json.NewDecoder(r.Body).Decode(&question); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		count, err := strconv.Atoi(strings.TrimPrefix(question.Model, "mock-"))
		if err != nil {
			http.Error(w, "the model is mock-COUNT", http.StatusNotFound)
			return
		}
		requests.Add(1)
		time.Sleep(latency)
		w.Header().Set("content-type", "text/event-stream")
		piece, size := one, 1
		if count > shortAnswer {
			piece, size = many, deltasAtOnce
		}
		for ; count >= size; count -= size {
			w.Write(piece)
			w.(http.Flusher).Flush()
		}
		w.Write([]byte(strings.Repeat(delta, count)))
		w.Write([]byte(end))
	}
}

func stats(w http.ResponseWriter, r *http.Request) {
	json.NewEncoder(w).Encode(map[string]int64{"connections": connections.Load(), "requests": requests.Load()})
	if r.Method == http.MethodPost {
		connections.Store(0)
		requests.Store(0)
	}
}

func sign(template, parent *x509.Certificate, key, parentKey *ecdsa.PrivateKey) []byte {
	template.NotBefore, template.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(24*time.Hour)
	template.BasicConstraintsValid = true
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, parentKey)
	if err != nil {
		log.Fatal(err)
	}
	return der
}

func newKey() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		log.Fatal(err)
	}
	return key
}

// A certificate, and the one of the authority that signed it, which is written to the file.
func certificate(file string) tls.Certificate {
	rootKey, key := newKey(), newKey()
	root := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mock authority"},
		IsCA: true, KeyUsage: x509.KeyUsageCertSign}
	rootDer := sign(root, root, rootKey, rootKey)
	leaf := &x509.Certificate{SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "mock provider"},
		IPAddresses: []net.IP{net.ParseIP(certificateOf)}, KeyUsage: x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: rootDer})
	if err := os.WriteFile(file, text, 0o644); err != nil {
		log.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{sign(leaf, root, key, rootKey)}, PrivateKey: key}
}

func listen() net.Listener {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		log.Fatal(err)
	}
	return listener
}

func main() {
	latency := flag.Duration("latency", 200*time.Millisecond, "before the first byte of an answer")
	ca := flag.String("ca", "ca.pem", "file for the authority's certificate")
	flag.Parse()
	mux := http.NewServeMux()
	mux.HandleFunc("/v1/chat/completions", answer(*latency))
	count := func(_ net.Conn, state http.ConnState) {
		if state == http.StateNew {
			connections.Add(1)
		}
	}
	secure := &http.Server{Handler: mux, ConnState: count, ErrorLog: log.New(io.Discard, "", 0),
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{certificate(*ca)}}}
	plain := &http.Server{Handler: mux, ConnState: count}
	// Counts are asked for at a door of their own, which is not counted.
	control := http.NewServeMux()
	control.HandleFunc("/stats", stats)
	doors := []net.Listener{listen(), listen(), listen()}
	go plain.Serve(doors[0])
	go secure.ServeTLS(doors[1], "", "")
	fmt.Printf("{\"plain\":\"http://%s/v1\",\"tls\":\"https://%s/v1\",\"control\":\"http://%s/stats\"}\n",
		doors[0].Addr(), doors[1].Addr(), doors[2].Addr())
	log.Fatal(http.Serve(doors[2], control))
}
