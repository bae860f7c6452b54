using Market.Node.Cli.Client;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Market.Node.Cli.Screen;

/// <summary>A scoreboard as two tables: teams, then traders.</summary>
public static class BoardTables
{
    /// <param name="limit">Most traders shown.</param>
    public static IRenderable Of(BoardMessage board, Terminal terminal, int limit)
    {
        var traders = board.Traders ?? [];
        var shown = traders.Take(limit).ToList();
        var rows = new List<IRenderable> { new Markup(Title(board, terminal)), Teams(board.Teams ?? [], terminal), Traders(shown, terminal) };
        if (shown.Count < traders.Count) { rows.Add(new Text($"… and {Numbers.Whole(traders.Count - shown.Count)} more (--limit)")); }
        return new Rows(rows);
    }

    private static string Title(BoardMessage board, Terminal terminal)
    {
        var final = board.Final ? $" · [bold {Palette.Good}]final[/]" : "";
        return $"[bold]{terminal.Show(board.Market)}[/] · {Numbers.Moment(board.Time)} · event {Numbers.Whole(board.Seq)}{final}";
    }

    private static Table Teams(IReadOnlyList<TeamMessage> teams, Terminal terminal)
    {
        var table = NewTable(terminal, "team", "score", "fed", "bailouts", "traders");
        foreach (var team in teams)
        {
            table.AddRow(Number(team.Rank), terminal.Show(team.Team), Score(team.Score), Number(team.FedMonkeys), Number(team.Bailouts), Number(team.Traders));
        }
        return table;
    }

    private static Table Traders(IReadOnlyList<StateMessage> traders, Terminal terminal)
    {
        var table = NewTable(terminal, "trader", "score", "fed", "bailouts", "coins", "shares", "in flight");
        foreach (var trader in traders)
        {
            table.AddRow(
                Number(trader.Rank), terminal.Show($"{trader.Team}/{trader.Name}"), Score(trader.Score), Number(trader.FedMonkeys), Number(trader.Bailouts),
                Numbers.Coins(trader.Coins), Number(trader.Shares), Number(trader.InFlightInvestments));
        }
        return table;
    }

    private static Table NewTable(Terminal terminal, string subject, params ReadOnlySpan<string> numbers)
    {
        var table = new Table().Border(terminal.IsLive ? TableBorder.Rounded : TableBorder.None);
        table.AddColumn(new TableColumn("rank").RightAligned().NoWrap());
        table.AddColumn(new TableColumn(subject));
        foreach (var number in numbers) { table.AddColumn(new TableColumn(number).RightAligned().NoWrap()); }
        return table;
    }

    private static string Number(long number) => Numbers.Whole(number);

    private static string Score(long score) => score < 0 ? $"[{Palette.Bad}]{Number(score)}[/]" : $"[bold]{Number(score)}[/]";
}
