"""HTML elements as docutils nodes, so that a directive's content stays Markdown inside an element of our choosing."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.application import Sphinx


class Block(nodes.General, nodes.Element):
    """`<tag class=… …attributes>` round its children. In other builders than HTML only the children remain."""


def block(tag: str, *children: nodes.Node, class_: str = "", **attributes: str) -> Block:
    """A block node; attributes go into the tag as they are."""
    node = Block("", *children, tag=tag, attributes=attributes)
    node["classes"] = class_.split()
    return node


def raw(html: str) -> nodes.raw:
    """HTML as it is. It must come from us or from the safe Markdown renderer."""
    return nodes.raw("", html, format="html")


def open_block(self: Any, node: Block) -> None:
    """Write the opening tag."""
    self.body.append(self.starttag(node, node["tag"], **node["attributes"]))


def close_block(self: Any, node: Block) -> None:
    """Write the closing tag."""
    self.body.append(f"</{node['tag']}>\n")


def pass_by(self: Any, node: Block) -> None:
    """Other builders show the children only."""


def setup(app: Sphinx) -> None:
    """Make the node known to the builders."""
    app.add_node(Block, html=(open_block, close_block), latex=(pass_by, pass_by), text=(pass_by, pass_by))
