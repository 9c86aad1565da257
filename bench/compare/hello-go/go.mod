module hello

go 1.24.4

require github.com/aws/aws-lambda-go v1.54.0
