import tseslint from 'typescript-eslint';
import { layers } from './scripts/lint/layers.mjs';

export default tseslint.config(
  {
    ignores: [
      'dist',
      '.cache',
      'node_modules',
      'encoders',
      'src/core/graph/onnx_pb.ts',
      'third_party',
      'bench/out',
    ],
  },
  ...tseslint.configs.strict,
  {
    plugins: { 'patent-lab': { rules: { layers } } },
    rules: {
      'patent-lab/layers': 'error',
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/no-namespace': ['error', { allowDeclarations: true }],
      eqeqeq: 'error',
      'no-console': 'off',
    },
  },
);
