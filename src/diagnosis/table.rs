//! Tables as the brokers' tools print them: a head of column names that are known, then rows; between tabs, bars or
//! several spaces. And rows that name each value: `Topic: a  Partition: 0  Leader: none`.

use std::collections::HashSet;

/// How the cells of a table are told apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Between {
    Tabs,
    Bars,
    Spaces,
}

/// The head of a table, while its rows are read.
#[derive(Debug, Clone)]
pub(super) struct Head {
    columns: Vec<String>,
    between: Between,
}

/// A row: cells by the names of their columns.
pub(super) type Row = Vec<(String, String)>;

/// Columns that somebody knows, whatever the case in which a tool writes them.
#[derive(Debug, Default)]
pub(super) struct Columns {
    known: HashSet<String>,
}

impl Columns {
    /// The columns with these names.
    pub(super) fn new(names: impl Iterator<Item = String>) -> Self {
        Self { known: names.map(|name| name.to_ascii_lowercase()).collect() }
    }

    fn knows(&self, name: &str) -> bool {
        self.known.contains(&name.to_ascii_lowercase())
    }

    /// The head of a table: at least two names of columns that are known, three where only blanks are between them, and no
    /// number.
    pub(super) fn head(&self, line: &str) -> Option<Head> {
        for between in [Between::Bars, Between::Tabs, Between::Spaces] {
            let cells = cells(line, between);
            let known = cells.iter().filter(|cell| self.knows(cell)).count();
            let named = |cell: &String| !cell.is_empty() && cell.parse::<f64>().is_err();
            let enough = match between {
                Between::Tabs | Between::Bars => known >= 2 && known * 3 >= cells.len(),
                Between::Spaces => known >= 3 && known * 2 >= cells.len(),
            };
            if enough && cells.iter().all(named) {
                return Some(Head { columns: cells, between });
            }
        }
        None
    }

    /// A row that names each of its values, at least three of which are known.
    pub(super) fn named_row(&self, line: &str) -> Option<Row> {
        let cells: Vec<(String, String)> = line
            .split('\t')
            .filter_map(|cell| {
                let (name, value) = cell.split_once(':')?;
                Some((name.trim().to_owned(), value.trim().to_owned()))
            })
            .collect();
        (cells.iter().filter(|(name, _)| self.knows(name)).count() >= 3).then_some(cells)
    }
}

impl Head {
    /// A row below this head; none where a line is of no such table.
    pub(super) fn row(&self, line: &str) -> Option<Row> {
        let cells = cells(line, self.between);
        let fits = match self.between {
            // A last column may hold several words, or nothing.
            Between::Spaces => cells.len() + 1 >= self.columns.len() && cells.len() >= 2,
            Between::Tabs | Between::Bars => cells.len() == self.columns.len(),
        };
        fits.then(|| self.columns.iter().cloned().zip(cells).collect())
    }
}

/// Whether a line only draws a table.
pub(super) fn is_rule(line: &str) -> bool {
    !line.trim().is_empty() && line.chars().all(|letter| "┌┬┐├┼┤└┴┘─│+-|= ".contains(letter))
}

fn cells(line: &str, between: Between) -> Vec<String> {
    let owned = |cell: &str| cell.trim().to_owned();
    match between {
        Between::Tabs if !line.contains('\t') => Vec::new(),
        Between::Tabs => line.trim_end().split('\t').map(owned).collect(),
        Between::Bars => {
            let inner = line.trim();
            let bar = ['│', '|'].into_iter().find(|bar| inner.starts_with(*bar) && inner.ends_with(*bar));
            let Some(bar) = bar.filter(|_| inner.chars().count() > 2) else { return Vec::new() };
            inner.trim_matches(bar).split(bar).map(owned).collect()
        }
        Between::Spaces => line.split_ascii_whitespace().map(str::to_owned).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::Columns;

    fn columns() -> Columns {
        Columns::new(
            ["name", "messages", "consumers", "GROUP", "TOPIC", "LAG", "Topic", "Partition", "Leader"]
                .into_iter()
                .map(str::to_owned),
        )
    }

    #[test]
    fn heads_and_rows_are_told_from_logs() {
        let head = columns().head("name\tmessages\tconsumers").unwrap();
        let row = head.row("orders\t12\t0").unwrap();
        assert_eq!(row[1], ("messages".to_owned(), "12".to_owned()));
        assert!(head.row("two\tcells").is_none());
        let head = columns().head("│ name │ messages │").unwrap();
        assert_eq!(head.row("│ orders │ 7 │").unwrap()[1].1, "7");
        assert!(columns().head("the name of messages").is_none());
        assert!(columns().head("queue name").is_none());
    }

    #[test]
    fn rows_may_name_their_values() {
        let row = columns().named_row("\tTopic: a\tPartition: 0\tLeader: none\tReplicas: 1").unwrap();
        assert_eq!(row[2], ("Leader".to_owned(), "none".to_owned()));
        assert!(columns().named_row("Topic: a").is_none());
    }
}
