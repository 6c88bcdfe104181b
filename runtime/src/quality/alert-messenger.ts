import type { TestSender } from '../channels/email/test-message.ts';
import type { HttpClient } from '../outbound/http-client.ts';
import type { AlertMessenger, QualityAlertRecord } from './quality-alerts.ts';

const TIMEOUT_MS = 10_000;
const WORDS = { firing: ['crosses its line', '超出告警线'], over: ['is back within its line', '恢复正常'] } as const;

/** By e-mail through the provider of the workspace, and as JSON to an address, where calls to outside may lead. */
export function createAlertMessenger(deps: {
  sender: Pick<TestSender, 'send'>;
  client: Pick<HttpClient, 'send'>;
}): AlertMessenger {
  return {
    async tell(alert, what, way) {
      if (way === 'email') {
        if (alert.email === undefined) return;
        const { isSent, detail } = await deps.sender.send(alert.email, messageOf(alert, what));
        if (!isSent) throw new Error(`The e-mail was not accepted: ${detail}`);
        return;
      }
      if (alert.webhook === undefined) return;
      const { _id: id, kind, name, measure, bound, value, toldAt } = alert;
      const outcome = await deps.client.send({
        method: 'POST',
        url: alert.webhook,
        // The same telling again after a crash has the same key.
        headers: { 'content-type': 'application/json', 'idempotency-key': `${id}/${what}/${toldAt?.getTime() ?? 0}` },
        body: JSON.stringify({ alert: id, state: what, kind, name, measure, bound, value }),
        timeoutMs: TIMEOUT_MS,
        maxAnswerBytes: 1024,
      });
      if (outcome.kind !== 'answered') throw new Error(outcome.detail);
      if (outcome.status >= 300) throw new Error(`The address answered ${outcome.status}`);
    },
  };
}

/** Whoever reads it may have either language: both stand in the message. */
function messageOf({ kind, name, measure, bound, value }: QualityAlertRecord, what: 'firing' | 'over') {
  const [english, chinese] = WORDS[what];
  const figure = value === null ? '–' : String(Math.round(value * 10) / 10);
  const text = `${kind} ${name}: ${measure} ${english} (${figure}, line ${bound})\n\n${name}：${measure} ${chinese}（当前 ${figure}，告警线 ${bound}）`;
  const escaped = text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);
  return {
    subject: `Data quality · 数据质量：${name} ${english}`.replace(/[\r\n]+/g, ' '),
    text,
    html: `<!doctype html><html><body><p>${escaped.replaceAll('\n', '<br>')}</p></body></html>`,
  };
}
