import { expect, test, vi } from 'vitest';
import { botSnippet } from '../../src/panels/join';

const snippet = botSnippet('http://127.0.0.1:5080/', 'ws://127.0.0.1:5080/ws/markets/banana', 'banana');

test('the bot has five lines', () => expect(snippet.split('\n')).toHaveLength(5));

test('the bot joins, says hello, and answers ticks as the doors want it', async () => {
  const posted: [string, RequestInit][] = [];
  const sent: object[] = [];
  const socket = { onopen: () => {}, onmessage: (_: { data: string }) => {}, send: (text: string) => sent.push(JSON.parse(text)) };
  const fetch = vi.fn(async (address: string, request: RequestInit) => (posted.push([address, request]), { json: async () => ({ token: 'T' }) }));
  const run = Object.getPrototypeOf(async () => {}).constructor;
  await run('fetch', 'WebSocket', snippet)(fetch, function WebSocket() { return socket; });
  expect(posted[0]![0]).toBe('http://127.0.0.1:5080/api/markets/banana/traders');
  expect(JSON.parse(String(posted[0]![1].body))).toMatchObject({ team: 'SAGOUIN' });
  socket.onopen();
  expect(sent[0]).toMatchObject({ hello: { team: 'SAGOUIN', token: 'T', subscribe: ['price'] } });
  socket.onmessage({ data: '{"price":{"seq":7,"forecast":1.1}}' });
  socket.onmessage({ data: '{"price":{"seq":8,"forecast":0.9}}' });
  socket.onmessage({ data: '{"result":{}}' });
  expect(sent.slice(1)).toEqual([{ txnId: 't7', type: 'BUY', shares: 1 }, { txnId: 't8', type: 'FEED', monkeys: 1 }]);
});
