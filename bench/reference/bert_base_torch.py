"""Writes an encoder of BERT-base's size with random weights, as PyTorch exports it: for bench/finetune.bench.ts.

    python3 bench/reference/bert_base_torch.py FILE

The architecture is that of the small encoders in src/core/graph/testing/encoders.py.
"""
import pathlib
import sys

import torch
from torch import nn

sys.path.insert(0, str(pathlib.Path(__file__).parents[2] / "src/core/graph/testing"))
import encoders  # noqa: E402

encoders.HIDDEN, encoders.HEADS, encoders.INNER = 768, 12, 3072
encoders.WORDS, encoders.POSITIONS = 30522, 512
model = encoders.Bert(roberta=False)
model.layer = nn.ModuleList([encoders.Layer() for _ in range(12)])
ids = torch.ones(2, 16, dtype=torch.long)
free = {0: "batch_size", 1: "sequence_length"}
names = ["input_ids", "attention_mask", "token_type_ids"]
torch.onnx.export(
    model.eval(), (ids, ids, ids * 0), sys.argv[1], opset_version=14,
    input_names=names, output_names=["last_hidden_state"],
    dynamic_axes={name: free for name in [*names, "last_hidden_state"]},
)
