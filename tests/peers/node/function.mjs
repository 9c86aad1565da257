// SPDX-License-Identifier: Apache-2.0
// Functions for Lambda's Node runtime: one that answers whole, one that streams.
class AskedToFail extends Error {
  name = 'AskedToFail';
}

export const handler = async (event, context) => {
  if (event.fail) throw new AskedToFail('asked to fail');
  return { event, id: context.awsRequestId, left: context.getRemainingTimeInMillis() };
};

export const stream = awslambda.streamifyResponse(async (event, out) => {
  for (const word of ['one ', 'two ', 'three']) out.write(word);
  if (event.fail) throw new AskedToFail('asked to fail');
  out.end();
});
