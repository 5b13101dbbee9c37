import { describe, expect, it } from 'vitest';
import { headersByName, messagesOf, parseHttpMessage, queryParameters } from './http-message.ts';

/** Captured messages are read as they are: either line end, exact body bytes, only the framing undone. */

describe('parseHttpMessage', () => {
  it.each(['\n', '\r\n'])('reads a request with line end %j', (eol) => {
    const text = ['POST /p?a=1 HTTP/1.1', 'Host: seller.example.com', 'X-Sign:  ab ', '', '{"a":1}\r\n{}'].join(eol);
    expect(parse(text)).toEqual({
      startLine: 'POST /p?a=1 HTTP/1.1',
      request: { method: 'POST', target: '/p?a=1' },
      headers: [
        ['Host', 'seller.example.com'],
        ['X-Sign', 'ab'],
      ],
      body: '{"a":1}\r\n{}',
    });
  });

  it('reads a response', () => {
    expect(parse('HTTP/1.1 200 OK\nBody-Sign: x\n\n{}')).toMatchObject({ request: null, body: '{}' });
  });

  it('cuts what an editor added after Content-Length', () => {
    expect(parse('POST / HTTP/1.1\nContent-Length: 2\n\n{}\n')?.body).toBe('{}');
  });

  it('takes blank lines after a GET for no body', () => {
    expect(parse('GET / HTTP/1.1\r\n\r\n\r\n')?.body).toBe('');
    expect(parse('GET / HTTP/1.1\n\n{}\n')?.body).toBe('{}\n');
    expect(parse('POST / HTTP/1.1\n\n\n')?.body).toBe('\n');
  });

  it('joins chunks', () => {
    const text = 'POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n{"a"\r\n3;x=y\r\n:1}\r\n0\r\n\r\n';
    expect(parse(text)?.body).toBe('{"a":1}');
  });

  it('takes a target with scheme and host as its path', () => {
    expect(parse('GET http://h.example:80/p?q HTTP/1.1')?.request?.target).toBe('/p?q');
  });

  it.each([
    ['', 'line 1: a request line'],
    ['{"a":1}', 'line 1: a request line'],
    ['POST / HTTP/1.1\nno header\n\n', 'line 2: a header'],
  ])('refuses %j', (text, problem) => {
    expect(parseHttpMessage(Buffer.from(text))).toEqual({ ok: false, problem: expect.stringContaining(problem) });
  });
});

describe('messagesOf', () => {
  it.each([
    ['one message, byte for byte', 'POST / HTTP/1.1\r\n\r\n\xff\n', ['POST / HTTP/1.1\r\n\r\n\xff\n']],
    ['remarks in front', '# jishi verify\n#\n\nGET / HTTP/1.1\n\n# no remark', ['GET / HTTP/1.1\n\n# no remark']],
    [
      'several',
      'GET /1 HTTP/1.1\n\na\n\n### again\n# now\nGET /2 HTTP/1.1\n\nb',
      ['GET /1 HTTP/1.1\n\na', 'GET /2 HTTP/1.1\n\nb'],
    ],
    ['a separator at the end', 'GET / HTTP/1.1\n\na\n###\n', ['GET / HTTP/1.1\n\na']],
    ['nothing', '', ['']],
  ])('reads %s', (_, capture, messages) => {
    expect(messagesOf(Buffer.from(capture, 'latin1')).map((each) => Buffer.from(each).toString('latin1'))).toEqual(
      messages,
    );
  });
});

it('joins repeated headers and keeps a plus in the query', () => {
  expect(
    headersByName([
      ['A', '1'],
      ['a', '2'],
    ]),
  ).toEqual({ a: '1, 2' });
  expect(queryParameters('/p?s=a+b%2Bc&n=').get('s')).toBe('a+b+c');
});

function parse(text: string) {
  const parsed = parseHttpMessage(Buffer.from(text));
  return parsed.ok ? { ...parsed.message, body: Buffer.from(parsed.message.body).toString() } : null;
}

it('takes what tools and editors make of a message', () => {
  const bodyOf = (text: string) => {
    const parsed = parseHttpMessage(Buffer.from(text));
    return parsed.ok ? Buffer.from(parsed.message.body).toString() : parsed.problem;
  };
  // shown without its chunks; a length from before the line ends were changed; a mark in front; a value over two lines
  expect(bodyOf('POST / HTTP/1.1\nTransfer-Encoding: chunked\n\n{"a":1}')).toBe('{"a":1}');
  expect(bodyOf('POST / HTTP/1.1\nContent-Length: 8\n\n{\r\n"a":1}')).toBe('{\r\n"a":1}');
  expect(bodyOf('\ufeffPOST / HTTP/1.1\n\n{}')).toBe('{}');
  const folded = parseHttpMessage(Buffer.from('POST / HTTP/1.1\r\nX-A: one\r\n \ttwo\r\nX-B: 3\r\n\r\n'));
  expect(folded.ok ? folded.message.headers : []).toEqual([
    ['X-A', 'one two'],
    ['X-B', '3'],
  ]);
});
