//! Which words of two texts differ.

/// Words above which texts are not compared: the work grows with the square.
const WORDS: usize = 600;

/// A run of a text, and whether the other text has something else there.
pub(super) type Run = (String, bool);

/// Both texts in runs, which together are the whole texts. Words that stand in both, in the same order, are equal (longest
/// common subsequence); blanks belong to the word before. Texts of one word, or of too many, differ as a whole.
pub(super) fn differing(one: &str, other: &str) -> (Vec<Run>, Vec<Run>) {
    let (words, others) = (words(one), words(other));
    if words.len().min(others.len()) < 2 || words.len().max(others.len()) > WORDS {
        return (vec![(one.to_owned(), one != other)], vec![(other.to_owned(), one != other)]);
    }
    let (kept, others_kept) = common(&words, &others);
    (runs(&words, &kept), runs(&others, &others_kept))
}

/// The words with the blanks behind them.
fn words(text: &str) -> Vec<&str> {
    text.split_inclusive(char::is_whitespace).collect()
}

/// Which words belong to a longest common subsequence.
fn common(words: &[&str], others: &[&str]) -> (Vec<bool>, Vec<bool>) {
    let same = |i: usize, j: usize| words[i].trim_end() == others[j].trim_end();
    // length[i][j]: of the longest subsequence of what is left from word i and word j on.
    let mut length = vec![vec![0_u16; others.len() + 1]; words.len() + 1];
    for i in (0..words.len()).rev() {
        for j in (0..others.len()).rev() {
            length[i][j] = match same(i, j) {
                true => length[i + 1][j + 1] + 1,
                false => length[i + 1][j].max(length[i][j + 1]),
            };
        }
    }
    let (mut kept, mut others_kept) = (vec![false; words.len()], vec![false; others.len()]);
    let (mut i, mut j) = (0, 0);
    while i < words.len() && j < others.len() {
        if same(i, j) {
            (kept[i], others_kept[j]) = (true, true);
            (i, j) = (i + 1, j + 1);
        } else if length[i + 1][j] >= length[i][j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    (kept, others_kept)
}

fn runs(words: &[&str], kept: &[bool]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (word, kept) in words.iter().zip(kept) {
        match runs.last_mut().filter(|(_, differs)| *differs != *kept) {
            Some((text, _)) => text.push_str(word),
            None => runs.push(((*word).to_owned(), !kept)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn only_the_words_that_differ_are_told() {
        let (one, other) = differing("Je suis un ingénieur\nreconnu.", "Je suis une ingénieure\nreconnue.");
        assert_eq!(one, [("Je suis ".into(), false), ("un ingénieur\nreconnu.".into(), true)]);
        assert_eq!(other[1], ("une ingénieure\nreconnue.".into(), true));
        let (one, other) = differing("he said so", "she said so");
        assert_eq!(one, [("he ".into(), true), ("said so".into(), false)]);
        assert_eq!(other, [("she ".into(), true), ("said so".into(), false)]);
    }

    #[test]
    fn a_word_differs_as_a_whole() {
        assert_eq!(differing("Julien", "Juliette").0, [("Julien".to_owned(), true)]);
        assert_eq!(differing("", "").0, [(String::new(), false)]);
    }

    proptest! {
        #[test]
        fn runs_are_the_whole_text(one in "[ab \n]{0,30}", other in "[ab \n]{0,30}") {
            let (runs, others) = differing(&one, &other);
            prop_assert_eq!(runs.iter().map(|(t, _)| t.as_str()).collect::<String>(), one);
            prop_assert_eq!(others.iter().map(|(t, _)| t.as_str()).collect::<String>(), other);
            let equal = |runs: &[Run]| {
                let kept = runs.iter().filter(|(_, differs)| !differs);
                kept.flat_map(|(t, _)| t.split_whitespace()).map(str::to_owned).collect::<Vec<_>>()
            };
            prop_assert_eq!(equal(&runs), equal(&others));
        }
    }
}
