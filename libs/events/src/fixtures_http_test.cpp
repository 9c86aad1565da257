// SPDX-License-Identifier: Apache-2.0
#include "fixtures_test.hpp"
#include "sloop/events/alb.hpp"
#include "sloop/events/apigw.hpp"
#include "sloop/events/apigw_authorizer.hpp"
#include "sloop/events/apigw_v2.hpp"
#include "sloop/events/apigw_websocket.hpp"
#include "sloop/events/appsync.hpp"
#include "sloop/events/function_url.hpp"

namespace sloop::events {

std::vector<Fixture> http_fixtures() {
  std::vector<Fixture> all;
  add<AlbTargetGroupRequest>(
      all, "alb", {"alb-lambda-target-request-headers-only", "alb-lambda-target-request-multivalue-headers"});
  add<AlbTargetGroupResponse>(all, "alb", {"alb-lambda-target-response"});
  add<ApiGatewayProxyRequest>(
      all, "apigw",
      {"apigw-console-request", "apigw-console-test-request", "apigw-request", "apigw-request-catch-all",
       "apigw-request-multi-value-parameters", "apigw-restapi-openapi-request", "apigw-sam-rest-request"});
  add<ApiGatewayProxyResponse>(all, "apigw", {"apigw-response"});
  add<ApiGatewayCustomAuthorizerRequest>(all, "apigw_authorizer", {"apigw-custom-auth-request"});
  add<ApiGatewayCustomAuthorizerRequestTypeRequest>(
      all, "apigw_authorizer",
      {"apigw-custom-auth-request-type-request", "apigw-v2-custom-authorizer-v1-request",
       "apigw-v2-custom-authorizer-websocket-request"});
  add<ApiGatewayV2CustomAuthorizerV2Request>(
      all, "apigw_authorizer",
      {"apigw-v2-custom-authorizer-v2-request", "apigw-v2-custom-authorizer-v2-request-without-cookies",
       "apigw-v2-custom-authorizer-v2-request-without-identity-source"});
  add<ApiGatewayCustomAuthorizerResponse>(
      all, "apigw_authorizer",
      {"apigw-custom-auth-response", "apigw-custom-auth-response-with-condition",
       "apigw-custom-auth-response-with-single-value-action", "apigw-custom-auth-response-with-single-value-resource"});
  add<ApiGatewayV2httpRequest>(all, "apigw_v2",
                               {"apigw-sam-http-request", "apigw-v2-request-iam", "apigw-v2-request-jwt-authorizer",
                                "apigw-v2-request-lambda-authorizer", "apigw-v2-request-multi-value-parameters",
                                "apigw-v2-request-no-authorizer"});
  add<ApiGatewayWebsocketProxyRequest>(
      all, "apigw_websocket",
      {"apigw-websocket-request", "apigw-websocket-request-disconnect", "apigw-websocket-request-disconnect-route",
       "apigw-websocket-request-send-message", "apigw-websocket-request-without-method"});
  add<AppSyncResolverTemplate>(all, "appsync", {"appsync-batchinvoke", "appsync-invoke"});
  add<AppSyncDirectResolverEvent>(all, "appsync", {"appsync-direct-resolver"});
  add<AppSyncCognitoIdentity>(all, "appsync", {"appsync-identity-cognito"});
  add<AppSyncIamIdentity>(all, "appsync", {"appsync-identity-iam"});
  add<AppSyncLambdaAuthorizerRequest>(all, "appsync", {"appsync-lambda-auth-request"});
  add<AppSyncLambdaAuthorizerResponse>(all, "appsync", {"appsync-lambda-auth-response"});
  add<LambdaFunctionUrlRequest>(all, "function_url", {"lambda-urls-request"});
  add<LambdaFunctionUrlResponse>(all, "function_url", {"lambda-urls-response"});
  return all;
}

}  // namespace sloop::events
