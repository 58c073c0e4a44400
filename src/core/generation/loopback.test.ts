import { expect, it } from 'vitest';
import { isLoopback } from './loopback.ts';

it.each([
  'http://127.0.0.1:11434/v1',
  'http://localhost/v1',
  'http://LOCALHOST.:8000',
  'https://ollama.localhost',
  'http://[::1]:8080/v1',
  'http://127.1',
  'http://2130706433',
  'http://0x7f.0.0.1',
  'http://[::ffff:127.0.0.1]',
])('%s stays', (address) => {
  expect(isLoopback(address)).toBe(true);
});

it.each([
  'http://10.0.0.4:8000/v1',
  'https://api.example.org/v1',
  'http://127.0.0.1.example.org',
  'http://localhost.example.org',
  'http://127.0.0.1@example.org',
  'http://example.org/127.0.0.1',
  'http://0.0.0.0:8000',
  'http://[::2]',
  'http://128.0.0.1',
  'not an address',
  '',
])('%s does not', (address) => {
  expect(isLoopback(address)).toBe(false);
});
