import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { newWebhookSecret, webhookHeaders } from './signature.ts';

describe('signatures of webhooks', () => {
  it('are those of Standard Webhooks', () => {
    // The vector that the libraries of the specification are tested with.
    const message = { id: 'msg_p5jXN8AQM9LWM0D4loKWxJek', timestamp: 1614265330, body: '{"test": 2432232314}' };
    assert.deepEqual(webhookHeaders(message, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']), {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('are made with secrets as long as the specification wants them, each another', () => {
    const [one, other] = [newWebhookSecret(), newWebhookSecret()];
    assert.match(one, /^whsec_[A-Za-z0-9+/]{43}=$/);
    assert.notEqual(one, other);
  });
});
