//! `[shares]`: the joint table of several protected variables, nested in their written order.

use super::super::reader::{At, Sink, number, quoted_list, shown_sum, wrong_type};
use super::super::shape::{JointShares, Protected};
use super::super::tree::{Node, Value};
use crate::diag::{Diagnostic, code, nearest};

pub(super) fn shares(node: &Node, protected: &[Protected], sink: &Sink) -> Option<At<JointShares>> {
    let mut joint = Vec::new();
    if !descend(node, protected, &mut Vec::new(), &mut joint, sink) {
        return None;
    }
    let total: f64 = joint.iter().map(|(_, share)| share).sum();
    if (total - 1.0).abs() > 1e-9 {
        sink.push(
            Diagnostic::error(
                code::SHARES_SUM,
                format!("the joint shares sum to {}, not to 1", shown_sum(total)),
            )
            .at(&node.place)
            .hint("write the share of each combination among all units; those left out never occur"),
        );
        return None;
    }
    agrees_with_margins(&joint, protected, node, sink).then(|| At::new(joint, &node.place))
}

fn descend(
    node: &Node,
    left: &[Protected],
    path: &mut Vec<String>,
    joint: &mut JointShares,
    sink: &Sink,
) -> bool {
    let Some((variable, rest)) = left.split_first() else {
        let Some(share) = number(node, "a joint share", sink) else {
            return false;
        };
        if share.value < 0.0 {
            sink.push(
                Diagnostic::error(
                    code::OUT_OF_RANGE,
                    format!("a share must not be negative, found {}", share.value),
                )
                .at(&share.place)
                .hint("0 for a combination that never occurs"),
            );
            return false;
        }
        joint.push((path.clone(), share.value));
        return true;
    };
    let Value::Table(table) = &node.value else {
        wrong_type(
            sink,
            node,
            "`shares`",
            &format!("a table by the levels of `{}`", variable.name.value),
            &node.value,
        );
        return false;
    };
    let mut whole = true;
    for entry in &table.entries {
        let levels = || variable.levels.iter().map(|(level, _)| level.value.as_str());
        if levels().all(|level| level != entry.key) {
            let message = format!("`{}` has no level `{}`", variable.name.value, entry.key);
            let mut diagnostic = Diagnostic::error(code::UNKNOWN_LEVEL, message).at(&entry.key_place);
            diagnostic.hint = Some(match nearest(&entry.key, levels()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its levels are {}", quoted_list(levels())),
            });
            sink.push(diagnostic);
            whole = false;
            continue;
        }
        path.push(entry.key.clone());
        whole &= descend(&entry.node, rest, path, joint, sink);
        path.pop();
    }
    whole
}

/// The joint table must give each variable the shares that its own table states.
fn agrees_with_margins(joint: &JointShares, protected: &[Protected], node: &Node, sink: &Sink) -> bool {
    let mut agrees = true;
    for (place, variable) in protected.iter().enumerate() {
        for (level, share) in &variable.levels {
            let margin: f64 =
                joint.iter().filter(|(path, _)| path[place] == level.value).map(|(_, s)| s).sum();
            if (margin - share.value).abs() > 1e-6 {
                agrees = false;
                let message = format!(
                    "the joint shares give `{}` = `{}` a share of {margin}, but its own table says {}",
                    variable.name.value, level.value, share.value
                );
                sink.push(
                    Diagnostic::error(code::SHARES_SUM, message)
                        .at(&node.place)
                        .related(&share.place, "stated here")
                        .hint("both say the same thing: change one of the two"),
                );
            }
        }
    }
    agrees
}
