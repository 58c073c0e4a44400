"""Writes small random encoders as PyTorch exports them, and their loss and gradients in double precision.

Run from the repository root:

    /usr/bin/python3 src/core/graph/testing/encoders.py

Each model is written out here after its paper, layer by layer as the published implementations compute it, and
exported without simplification. Files: exported/<name>.onnx and encoders.json. Deterministic for one version of torch.
"""

import base64
import json
import math
import pathlib

import torch
from torch import nn
from torch.nn import functional as F

HERE = pathlib.Path(__file__).parent
HIDDEN, HEADS, INNER, WORDS, POSITIONS, LABELS = 16, 2, 24, 40, 24, 3
BATCH, LENGTH = 3, 10


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.query = nn.Linear(HIDDEN, HIDDEN)
        self.key = nn.Linear(HIDDEN, HIDDEN)
        self.value = nn.Linear(HIDDEN, HIDDEN)
        self.output = nn.Linear(HIDDEN, HIDDEN)

    def heads(self, x):
        return x.view(x.size(0), x.size(1), HEADS, HIDDEN // HEADS).permute(0, 2, 1, 3)

    def forward(self, x, mask):
        q, k, v = self.heads(self.query(x)), self.heads(self.key(x)), self.heads(self.value(x))
        scores = torch.matmul(q, k.transpose(-1, -2)) / math.sqrt(HIDDEN // HEADS)
        mixed = torch.matmul(torch.softmax(scores + mask, -1), v)
        return self.output(mixed.permute(0, 2, 1, 3).contiguous().view(x.size(0), x.size(1), HIDDEN))


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.attention = Attention()
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.intermediate = nn.Linear(HIDDEN, INNER)
        self.output = nn.Linear(INNER, HIDDEN)
        self.norm2 = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x, mask):
        x = self.norm(x + self.attention(x, mask))
        return self.norm2(x + self.output(F.gelu(self.intermediate(x))))


class Bert(nn.Module):
    """Devlin et al. 2019; with `roberta`, positions are counted over the words and start behind the padding's."""

    def __init__(self, roberta):
        super().__init__()
        self.roberta = roberta
        self.word = nn.Embedding(WORDS, HIDDEN)
        self.position = nn.Embedding(POSITIONS, HIDDEN)
        self.kind = nn.Embedding(2, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layer = nn.ModuleList([Layer(), Layer()])
        self.register_buffer("position_ids", torch.arange(POSITIONS).expand(1, -1))

    def forward(self, input_ids, attention_mask, token_type_ids):
        extended = attention_mask[:, None, None, :].to(self.word.weight.dtype)
        mask = (1.0 - extended) * torch.finfo(torch.float32).min
        if self.roberta:
            words = input_ids.ne(1).int()
            positions = (torch.cumsum(words, dim=1).type_as(words) * words).long() + 1
        else:
            positions = self.position_ids[:, : input_ids.size(1)]
        x = self.norm(self.word(input_ids) + self.kind(token_type_ids) + self.position(positions))
        for layer in self.layer:
            x = layer(x, mask)
        return x


class BareNorm(nn.Module):
    """Layer normalisation without a shift, which this version of nn.LayerNorm does not offer."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(HIDDEN))

    def forward(self, x):
        centred = x - x.mean(-1, keepdim=True)
        return centred / torch.sqrt(centred.pow(2).mean(-1, keepdim=True) + 1e-5) * self.weight


def rotated(x):
    half = x.size(-1) // 2
    return torch.cat((-x[..., half:], x[..., :half]), dim=-1)


class ModernLayer(nn.Module):
    def __init__(self, index):
        super().__init__()
        self.local = index % 3 != 0
        self.attn_norm = nn.Identity() if index == 0 else BareNorm()
        self.Wqkv = nn.Linear(HIDDEN, 3 * HIDDEN, bias=False)
        self.Wo = nn.Linear(HIDDEN, HIDDEN, bias=False)
        self.mlp_norm = BareNorm()
        self.Wi = nn.Linear(HIDDEN, 2 * INNER, bias=False)
        self.Wout = nn.Linear(INNER, HIDDEN, bias=False)
        base = 10000.0 if self.local else 160000.0
        width = HIDDEN // HEADS
        self.register_buffer("inverse", 1.0 / base ** (torch.arange(0, width, 2).float() / width))

    def forward(self, x, everywhere, nearby):
        batch, length = x.size(0), x.size(1)
        positions = torch.arange(length, device=x.device).unsqueeze(0)
        angles = (self.inverse[None, :, None].float() @ positions[:, None, :].float()).transpose(1, 2)
        angles = torch.cat((angles, angles), dim=-1).to(x.dtype)
        cos, sin = angles.cos().unsqueeze(1), angles.sin().unsqueeze(1)
        qkv = self.Wqkv(self.attn_norm(x)).view(batch, length, 3, HEADS, HIDDEN // HEADS)
        q, k, v = qkv.transpose(3, 1).unbind(dim=2)
        q, k = q * cos + rotated(q) * sin, k * cos + rotated(k) * sin
        scores = torch.matmul(q, k.transpose(2, 3)) * (HIDDEN // HEADS) ** -0.5
        weights = torch.softmax(scores + (nearby if self.local else everywhere), dim=-1)
        mixed = torch.matmul(weights, v).transpose(1, 2).contiguous().view(batch, length, HIDDEN)
        x = x + self.Wo(mixed)
        values, gate = self.Wi(self.mlp_norm(x)).chunk(2, dim=-1)
        return x + self.Wout(F.gelu(values) * gate)


class ModernBert(nn.Module):
    """Warner et al. 2024: rotary positions, GeGLU, alternating local attention, no biases."""

    WINDOW = 2

    def __init__(self):
        super().__init__()
        self.tok_embeddings = nn.Embedding(WORDS, HIDDEN)
        self.norm = BareNorm()
        self.layers = nn.ModuleList([ModernLayer(i) for i in range(4)])
        self.final_norm = BareNorm()

    def forward(self, input_ids, attention_mask):
        lowest = torch.finfo(torch.float32).min
        x = self.norm(self.tok_embeddings(input_ids))
        everywhere = (1.0 - attention_mask[:, None, None, :].to(x.dtype)) * lowest
        everywhere = everywhere.expand(-1, 1, input_ids.size(1), -1)
        rows = torch.arange(input_ids.size(1)).unsqueeze(0)
        outside = (torch.abs(rows - rows.T) > self.WINDOW).unsqueeze(0).unsqueeze(0)
        nearby = everywhere.masked_fill(outside, lowest)
        for layer in self.layers:
            x = layer(x, everywhere, nearby)
        return self.final_norm(x)


def randomise(model, generator):
    for name, parameter in sorted(model.named_parameters()):
        noise = torch.randn(parameter.shape, generator=generator)
        around = 1.0 if "norm" in name and name.endswith("weight") else 0.0
        parameter.data = around + noise * (0.2 if parameter.dim() == 1 else 0.3)


def packed(tensor):
    return base64.b64encode(tensor.detach().float().contiguous().numpy().tobytes()).decode()


def example(generator, names):
    ids = torch.randint(4, WORDS, (BATCH, LENGTH), generator=generator)
    mask = torch.ones(BATCH, LENGTH, dtype=torch.int64)
    for row, end in enumerate((LENGTH, 7, 4)):
        ids[row, end:] = 1
        mask[row, end:] = 0
    everything = {"input_ids": ids, "attention_mask": mask, "token_type_ids": torch.zeros_like(ids)}
    return {name: everything[name] for name in names}


def adamw(parameters, generator):
    """One step of torch.optim.AdamW from a state in the middle of training, after clipping."""
    torch.nn.utils.clip_grad_norm_(parameters.values(), 0.05)
    optimiser = torch.optim.AdamW(
        [
            {"params": [p for p in parameters.values() if p.dim() > 1], "weight_decay": 0.1},
            {"params": [p for p in parameters.values() if p.dim() <= 1], "weight_decay": 0.0},
        ],
        lr=0.01, betas=(0.9, 0.98), eps=1e-6,
    )
    optimiser.step()
    return {name: packed(p) for name, p in parameters.items()}


def main():
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)
    (HERE / "exported").mkdir(exist_ok=True)
    written = {}
    for name, make, names, opset in (
        ("bert-11", lambda: Bert(False), ("input_ids", "attention_mask", "token_type_ids"), 11),
        ("bert-17", lambda: Bert(False), ("input_ids", "attention_mask", "token_type_ids"), 17),
        ("roberta-14", lambda: Bert(True), ("input_ids", "attention_mask", "token_type_ids"), 14),
        ("modernbert-14", ModernBert, ("input_ids", "attention_mask"), 14),
    ):
        generator = torch.Generator().manual_seed(7)
        model = make()
        randomise(model, generator)
        inputs = example(generator, names)
        free = {one: {0: "batch_size", 1: "sequence_length"} for one in (*names, "last_hidden_state")}
        torch.onnx.export(
            model, tuple(inputs.values()), str(HERE / "exported" / f"{name}.onnx"), opset_version=opset,
            input_names=list(names), output_names=["last_hidden_state"], dynamic_axes=free,
        )
        head = torch.randn(LABELS, HIDDEN, generator=generator) * 0.5
        bias = torch.randn(LABELS, generator=generator) * 0.1
        targets = (torch.rand(BATCH, LABELS, generator=generator) < 0.4).double()
        model = model.double()
        hidden = model(**inputs)
        head, bias = head.double().requires_grad_(), bias.double().requires_grad_()
        mask = inputs["attention_mask"].double().unsqueeze(-1)
        embedding = F.normalize((hidden * mask).sum(1) / mask.sum(1), dim=-1)
        logits = embedding @ head.T * 10 + bias
        loss = F.binary_cross_entropy_with_logits(logits, targets)
        loss.backward()
        parameters = {**dict(model.named_parameters()), "head": head, "bias": bias}
        written[name] = {
            "inputs": {one: value.flatten().tolist() for one, value in inputs.items()},
            "targets": targets.flatten().tolist(),
            "head": packed(head), "bias": packed(bias),
            "hidden": packed(hidden), "loss": loss.item(), "logits": logits.flatten().tolist(),
            "gradients": {one: packed(p.grad) for one, p in parameters.items()},
            "norm": torch.sqrt(sum((p.grad**2).sum() for p in parameters.values())).item(),
            "stepped": adamw(parameters, generator),
        }
    content = {
        "command": "/usr/bin/python3 src/core/graph/testing/encoders.py",
        "versions": {"torch": torch.__version__},
        "sizes": {"batch": BATCH, "length": LENGTH, "labels": LABELS, "dimension": HIDDEN},
        "models": written,
    }
    (HERE / "encoders.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
