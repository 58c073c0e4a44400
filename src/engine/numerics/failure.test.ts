/** ONNX Runtime's own words, as versions 1.20 to 1.30 give them, and what a person is told. */
import { describe, expect, it } from 'vitest';
import { failureReason, providerFailed, providerUnavailable } from './failure.ts';

describe('failureReason', () => {
  it.each([
    [
      'OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library',
      'its libraries cannot be loaded',
    ],
    [
      'no available backend found. ERR: [dml] backend not found.',
      'this build of ONNX Runtime does not have it',
    ],
    [
      '/onnxruntime_src/onnxruntime/core/providers/webgpu/webgpu_context.cc:136 onnxruntime::webgpu::WebGpuContext::Initialize(const onnxruntime::webgpu::WebGpuContextConfig&)::<lambda()> adapter_result.status == wgpu::RequestAdapterStatus::Success was false. Failed to get a WebGPU adapter: No supported adapters\n',
      'there is no graphics adapter that it supports',
    ],
    [
      '/onnxruntime_src/core/providers/cuda/cuda_call.cc:129 CUDA failure 35: CUDA driver version is insufficient for CUDA runtime version',
      'there is no CUDA device, or its driver is too old',
    ],
    ['Failed to allocate memory for requested buffer of size 4294967296', 'its memory does not suffice'],
    [
      '/build/core/session.cc:12 Something unheard of happened\n   at frame 1\n   at frame 2',
      'ONNX Runtime says “Something unheard of happened”',
    ],
  ])('%s', (message, reason) => {
    expect(failureReason(message)).toBe(reason);
  });
});

describe('errors', () => {
  it('name the provider, and the commands that install it', () => {
    expect(providerUnavailable('cuda', 'its libraries are not installed', ['one', 'two'])).toMatchObject({
      code: 'provider-unavailable',
      message: 'CUDA cannot be used here: its libraries are not installed.',
      remedy: 'To install it: one && two',
    });
    expect(providerUnavailable('dml', 'it is a part of Windows').remedy).toContain('The CPU does the work');
  });

  it('tell what failed on a text', () => {
    expect(providerFailed('MiniLM on CUDA', new Error('CUDA out of memory. Tried to …')).message).toBe(
      'MiniLM on CUDA failed while it encoded a text: its memory does not suffice.',
    );
  });
});
