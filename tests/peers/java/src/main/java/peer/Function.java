// SPDX-License-Identifier: Apache-2.0
package peer;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.Map;

/** A function for Lambda's Java runtime. */
public class Function {
  public static class AskedToFail extends RuntimeException {
    AskedToFail() {
      super("asked to fail");
    }
  }

  public Map<String, Object> answer(Map<String, Object> event, Context context) {
    if (Boolean.TRUE.equals(event.get("fail"))) throw new AskedToFail();
    return Map.of("event", event, "id", context.getAwsRequestId(), "left", context.getRemainingTimeInMillis());
  }
}
