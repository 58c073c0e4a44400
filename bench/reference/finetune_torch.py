"""Training steps of an encoder of BERT's architecture in PyTorch on the CPU: the peer of bench/finetune.bench.ts.

    python3 bench/reference/finetune_torch.py BATCH LENGTH THREADS LAYERS HIDDEN HEADS lora|full

For every line on standard input one forward pass without gradients and one step (forward, backward, clipping, AdamW)
are made; a line of JSON tells the seconds of each, and the most memory that the process has taken (bytes). Weights are
random: time does not depend on them. Denormal numbers are flushed, gradients of frozen weights are not computed, and
adapters are rank 8 on queries and values, as ours.
"""
import json
import math
import os
import resource
import sys
import time

# Before the libraries load: waiting threads sleep. Spinning, the default, took three times as long beside other work.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
os.environ.setdefault("OPENBLAS_NUM_THREADS", sys.argv[3])

import torch
from torch import nn
from torch.nn import functional as F

BATCH, LENGTH, THREADS, LAYERS, HIDDEN, HEADS = map(int, sys.argv[1:7])
METHOD = sys.argv[7]
INNER, WORDS, LABELS, RANK = 4 * HIDDEN, 30522, 64, 8
torch.set_num_threads(THREADS)
torch.set_flush_denormal(True)
torch.manual_seed(1)


def projection():
    return Adapted() if METHOD == "lora" else nn.Linear(HIDDEN, HIDDEN)


class Adapted(nn.Module):
    def __init__(self):
        super().__init__()
        self.base = nn.Linear(HIDDEN, HIDDEN)
        self.a = nn.Parameter(torch.randn(HIDDEN, RANK) / math.sqrt(HIDDEN))
        self.b = nn.Parameter(torch.zeros(RANK, HIDDEN))

    def forward(self, x):
        return self.base(x) + (x @ self.a) @ (self.b * 2.0)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.query, self.value = projection(), projection()
        self.key, self.out = nn.Linear(HIDDEN, HIDDEN), nn.Linear(HIDDEN, HIDDEN)
        self.up, self.down = nn.Linear(HIDDEN, INNER), nn.Linear(INNER, HIDDEN)
        self.first, self.second = nn.LayerNorm(HIDDEN), nn.LayerNorm(HIDDEN)

    def heads(self, x):
        return x.view(BATCH, LENGTH, HEADS, -1).transpose(1, 2)

    def forward(self, x, mask):
        q, k, v = self.heads(self.query(x)), self.heads(self.key(x)), self.heads(self.value(x))
        weights = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(HIDDEN // HEADS) + mask, -1)
        x = self.first(x + self.out((weights @ v).transpose(1, 2).reshape(BATCH, LENGTH, HIDDEN)))
        return self.second(x + self.down(F.gelu(self.up(x))))


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.words, self.places = nn.Embedding(WORDS, HIDDEN), nn.Embedding(512, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN)
        self.layers = nn.ModuleList([Layer() for _ in range(LAYERS)])
        self.head = nn.Linear(HIDDEN, LABELS)

    def forward(self, ids, mask):
        x = self.norm(self.words(ids) + self.places(torch.arange(LENGTH)))
        for layer in self.layers:
            x = layer(x, mask)
        return self.head(F.normalize(x.mean(1), dim=-1)) * 10


model = Classifier()
for name, parameter in model.named_parameters():
    parameter.requires_grad_(METHOD == "full" or name.startswith("head") or name.endswith((".a", ".b")))
trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
optimiser = torch.optim.AdamW(trained, lr=1e-3)
ids = torch.randint(0, WORDS, (BATCH, LENGTH))
mask = torch.zeros(BATCH, 1, 1, LENGTH)
targets = (torch.rand(BATCH, LABELS) < 0.05).float()


def step():
    loss = F.binary_cross_entropy_with_logits(model(ids, mask), targets)
    optimiser.zero_grad()
    loss.backward()
    torch.nn.utils.clip_grad_norm_(trained, 1.0)
    optimiser.step()


def timed(work):
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def forward():
    with torch.inference_mode():
        model(ids, mask)


print(json.dumps({"torch": torch.__version__, "parameters": sum(p.numel() for p in trained)}), flush=True)
for _ in sys.stdin:
    seconds = {"forward": timed(forward), "step": timed(step)}
    most = 1024 * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({**seconds, "memory": most}), flush=True)
