"""Writes reference.json: what both objectives of domain adaptation cost over small encoders, and the gradients of every
parameter, as PyTorch computes them in double precision.

Run from the repository root:

    /usr/bin/python3 src/core/learning/adaptation/testing/reference.py

Deterministic for one version of torch. The encoders are those of src/core/graph/testing/encoders.py, with their seed, so
that their exported files hold the same numbers. The losses are written from their definitions, independently of the
graphs.
"""

import json
import pathlib
import sys

import torch
from torch.nn import functional as F

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parents[2] / "graph" / "testing"))

import encoders  # noqa: E402

LENGTH, PAIRS = 7, 3
MAP_SCALE, TEMPERATURE = 10, 0.05
GROUPS = ["a", "b", "a"]


def model_named(name):
    generator = torch.Generator().manual_seed(7)
    model = {"bert-17": lambda: encoders.Bert(False), "modernbert-14": encoders.ModernBert}[name]()
    encoders.randomise(model, generator)
    return model.double()


def inputs_of(rows, generator, names):
    ids = torch.randint(4, encoders.WORDS, (rows, LENGTH), generator=generator)
    mask = torch.ones(rows, LENGTH, dtype=torch.int64)
    for row in range(rows):
        end = LENGTH - row % 3
        ids[row, end:] = 1
        mask[row, end:] = 0
    everything = {"input_ids": ids, "attention_mask": mask, "token_type_ids": torch.zeros_like(ids)}
    return {name: everything[name] for name in names}


def gradients(loss, parameters):
    loss.backward()
    return {name: encoders.packed(parameter.grad) for name, parameter in parameters.items()}


def written(inputs):
    return {name: value.flatten().tolist() for name, value in inputs.items()}


def guessing(name, names, table):
    generator = torch.Generator().manual_seed(11)
    model = model_named(name)
    inputs = inputs_of(3, generator, names)
    places = torch.tensor([1, 3, 9, 15, 0])
    words = torch.tensor([5, 39, 7, 5, 0])
    weights = torch.tensor([0.25, 0.25, 0.25, 0.25, 0.0]).double()
    head = {
        "weights": torch.randn(encoders.HIDDEN, encoders.HIDDEN, generator=generator) * 0.05,
        "shifts": torch.randn(encoders.HIDDEN, generator=generator) * 0.1,
        "words": torch.randn(encoders.WORDS, generator=generator) * 0.5,
    }
    head = {one: value.double().requires_grad_() for one, value in head.items()}
    states = model(**inputs).reshape(-1, encoders.HIDDEN)[places]
    mapped = states @ (head["weights"] * MAP_SCALE) + head["shifts"]
    logits = mapped @ table(model).T + head["words"]
    loss = (F.cross_entropy(logits, words, reduction="none") * weights).sum()
    hits = ((logits.argmax(1) == words).double() * weights).sum()
    parameters = {**dict(model.named_parameters()), **{f"guess.{one}": value for one, value in head.items()}}
    return {
        "inputs": written(inputs),
        "places": places.tolist(), "words": words.tolist(), "weights": weights.tolist(),
        "head": {one: encoders.packed(value) for one, value in head.items()},
        "loss": loss.item(), "hits": hits.item(),
        "gradients": gradients(loss, parameters),
    }


def pairing(name, names, pooling):
    generator = torch.Generator().manual_seed(13)
    model = model_named(name)
    inputs = inputs_of(2 * PAIRS, generator, names)
    hidden = model(**inputs)
    mask = inputs["attention_mask"].double().unsqueeze(-1)
    vectors = hidden[:, 0] if pooling == "cls" else (hidden * mask).sum(1) / mask.sum(1)
    embeddings = F.normalize(vectors, dim=-1)
    logits = embeddings[:PAIRS] @ embeddings[PAIRS:].T / TEMPERATURE
    same = torch.tensor([[one == other for other in GROUPS] for one in GROUPS])
    logits = logits.masked_fill(same & ~torch.eye(PAIRS, dtype=torch.bool), float("-inf"))
    right = torch.arange(PAIRS)
    loss = (F.cross_entropy(logits, right) + F.cross_entropy(logits.T, right)) / 2
    hits = ((logits.argmax(1) == right).double().mean() + (logits.argmax(0) == right).double().mean()) / 2
    return {
        "inputs": written(inputs), "pooling": pooling, "groups": GROUPS,
        "loss": loss.item(), "hits": hits.item(),
        "gradients": gradients(loss, dict(model.named_parameters())),
    }


def main():
    torch.use_deterministic_algorithms(True)
    torch.set_num_threads(1)
    three = ("input_ids", "attention_mask", "token_type_ids")
    content = {
        "command": "/usr/bin/python3 src/core/learning/adaptation/testing/reference.py",
        "versions": {"torch": torch.__version__},
        "sizes": {"length": LENGTH, "dimension": encoders.HIDDEN},
        "guessing": {
            "bert-17": guessing("bert-17", three, lambda model: model.word.weight),
            "modernbert-14": guessing("modernbert-14", three[:2], lambda model: model.tok_embeddings.weight),
        },
        "pairing": {
            "bert-17": pairing("bert-17", three, "mean"),
            "modernbert-14": pairing("modernbert-14", three[:2], "cls"),
        },
    }
    (HERE / "reference.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
