// SPDX-License-Identifier: Apache-2.0
#include "fixtures_test.hpp"
#include "sloop/events/cognito.hpp"
#include "sloop/events/cognito_sync.hpp"
#include "sloop/events/cognito_tokens.hpp"

namespace sloop::events {

std::vector<Fixture> identity_fixtures() {
  std::vector<Fixture> all;
  add<CognitoEvent>(all, "cognito_sync", {"cognito-event"});
  add<CognitoCreateAuthChallengeEvent>(all, "cognito",
                                       {"cognito-event-userpools-create-auth-challenge",
                                        "cognito-event-userpools-create-auth-challenge-user-not-found"});
  add<CognitoCustomMessageEvent>(all, "cognito", {"cognito-event-userpools-custommessage"});
  add<CognitoDefineAuthChallengeEvent>(all, "cognito",
                                       {"cognito-event-userpools-define-auth-challenge",
                                        "cognito-event-userpools-define-auth-challenge-optional-response-fields",
                                        "cognito-event-userpools-define-auth-challenge-user-not-found"});
  add<CognitoInboundFederationEvent>(
      all, "cognito",
      {"cognito-event-userpools-inbound-federation-oidc", "cognito-event-userpools-inbound-federation-saml"});
  add<CognitoMigrateUserEvent>(all, "cognito", {"cognito-event-userpools-migrateuser"});
  add<CognitoPostAuthenticationEvent>(all, "cognito", {"cognito-event-userpools-postauthentication"});
  add<CognitoPostConfirmationEvent>(all, "cognito", {"cognito-event-userpools-postconfirmation"});
  add<CognitoPreAuthenticationEvent>(all, "cognito", {"cognito-event-userpools-preauthentication"});
  add<CognitoPreSignupEvent>(all, "cognito", {"cognito-event-userpools-presignup"});
  add<CognitoVerifyAuthChallengeEvent>(all, "cognito",
                                       {"cognito-event-userpools-verify-auth-challenge",
                                        "cognito-event-userpools-verify-auth-challenge-null-answer-correct",
                                        "cognito-event-userpools-verify-auth-challenge-optional-answer-correct",
                                        "cognito-event-userpools-verify-auth-challenge-user-not-found"});
  add<CognitoPreTokenGenEvent>(all, "cognito_tokens",
                               {"cognito-event-userpools-pretokengen", "cognito-event-userpools-pretokengen-incoming"});
  add<CognitoPreTokenGenEventV2>(all, "cognito_tokens",
                                 {"cognito-event-userpools-pretokengen-v2", "cognito-event-userpools-pretokengen-v2-0",
                                  "cognito-event-userpools-pretokengen-v2-incoming"});
  return all;
}

}  // namespace sloop::events
