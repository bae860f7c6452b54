using Market.Node.Cli.Client;
using Market.Protocol.Messages;

namespace Market.Node.Cli.Screen;

/// <summary>Answers of the market in words, each with its name and number.</summary>
public static class ResultLines
{
    /// <summary>A result that arrived by itself, as one line.</summary>
    public static string News(ResultMessage result, Terminal terminal)
    {
        var price = result.Price is { } at ? $" at {Numbers.Coins(at)}" : "";
        var amount = result.Amount is { } coins ? $" {Numbers.Change(coins)} coins" : "";
        var state = result.State is { } after ? $"  [dim]{State(after)}[/]" : "";
        var subject = $"result {terminal.Show(result.Type)} {terminal.Show(result.TxnId)}";
        return $"{Clock(result)} {subject} {Verdict(result, terminal)}{price}{amount}{Why(result, terminal)}{state}";
    }

    /// <summary>The answer to a command this process sent, as lines.</summary>
    /// <param name="asked">What was asked for: "BUY 3".</param>
    /// <param name="done">The same, as done: "bought 3 shares".</param>
    public static IEnumerable<string> Answer(ResultMessage result, string asked, string done, Terminal terminal)
    {
        var price = result.Price is { } at ? $" at {Numbers.Coins(at)}" : "";
        yield return result.IsAccepted
            ? $"{Verdict(result, terminal)}: {done}{price}."
            : $"{Verdict(result, terminal)}: {asked}{price} was refused{Why(result, terminal)}";
        if (result.Status == "DUPLICATE") { yield return "This txn was answered before; nothing happened twice."; }
        if (result.State is { } state) { yield return State(state); }
    }

    /// <summary>A trader's state in one line.</summary>
    public static string State(StateMessage state) => string.Join(" · ",
        $"coins {Numbers.Coins(state.Coins)}", $"shares {Numbers.Whole(state.Shares)}", $"fed {Numbers.Whole(state.FedMonkeys)}",
        $"bailouts {Numbers.Whole(state.Bailouts)}", $"in flight {Numbers.Whole(state.InFlightInvestments)}", $"score {Numbers.Whole(state.Score)}");

    private static string Verdict(ResultMessage result, Terminal terminal)
    {
        var first = result.First is { } before ? $" of {terminal.Show(before)}" : "";
        var (mark, colour) = result.IsAccepted ? ("✓", Palette.Good) : ("✗", Palette.Bad);
        return $"[{colour}]{mark} {terminal.Show(result.Status)}{first}[/] ({Numbers.Whole(result.Code)})";
    }

    private static string Why(ResultMessage result, Terminal terminal) =>
        result.IsAccepted || (result.Message ?? Usual(result)) is not { } why ? "" : $": {terminal.Show(why)}";

    private static string? Usual(ResultMessage result)
    {
        var name = result.First ?? result.Status;
        return Enum.GetValues<Status>().Where(status => status.Name() == name).Select(status => status.Explain()).FirstOrDefault();
    }

    private static string Clock(ResultMessage result) => $"[dim]{Numbers.Clock(result.State?.Time)}[/]";
}
