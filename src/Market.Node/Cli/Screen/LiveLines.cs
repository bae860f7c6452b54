using System.Text.Json;
using Market.Node.Cli.Client;

namespace Market.Node.Cli.Screen;

/// <summary>Live frames as lines, one each (a frame of several results is several). Remembers the last price, for the arrow.</summary>
public sealed class LiveLines(Terminal terminal)
{
    private const int TeamsInALine = 5;

    private decimal? _last;

    /// <summary>The lines of a frame, as markup; a frame nobody knows is shown by its key.</summary>
    public IEnumerable<string> Of(JsonElement frame)
    {
        if (frame.ValueKind is not JsonValueKind.Object) { return []; }
        return frame.EnumerateObject().SelectMany(member => member.Name switch
        {
            "price" => [Price(member.Value.As<PriceMessage>())],
            "gibb" => [Gibb(member.Value.As<GibbMessage>())],
            "board" => [Board(member.Value.As<BoardMessage>())],
            "result" => [ResultLines.News(member.Value.As<ResultMessage>(), terminal)],
            "results" when member.Value.ValueKind is JsonValueKind.Array =>
                member.Value.EnumerateArray().Select(one => ResultLines.News(one.As<ResultMessage>(), terminal)),
            "market" => [$"market {terminal.Show(member.Value.Text("id"))} is {terminal.Show(member.Value.Text("status"))}"],
            "problem" => [$"[{Palette.Bad}]problem[/] {terminal.Show(member.Value.Text("detail") ?? member.Value.Text("title"))}"],
            _ => new[] { $"[dim]{terminal.Show(member.Name)}[/]" },
        });
    }

    private string Price(PriceMessage price)
    {
        var change = _last is { } last ? price.Coins - last : 0;
        var (arrow, colour) = change switch { > 0 => ("▲", Palette.Up), < 0 => ("▼", Palette.Down), _ => ("=", "default") };
        _last = price.Coins;
        var forecast = price.Forecast is { } f ? $"  forecast {Numbers.Coins(f)} {(f > 1 ? "(up)" : f < 1 ? "(down)" : "(flat)")}" : "";
        var hype = price.Hype is { } h ? $"  hype {Numbers.Change(h)}" : "";
        var burst = price.Bursting ? $"  [bold {Palette.Bad}]a bubble bursts[/]" : "";
        return $"{At(price.Time)} price [bold]{Numbers.Coins(price.Coins)}[/] [{colour}]{arrow} {Numbers.Change(change)}[/]{forecast}{hype}{burst}";
    }

    private string Gibb(GibbMessage gibb) =>
        $"{At(gibb.Time)} gibb [{Palette.Talk}]{terminal.Show(gibb.Author)}[/]: {terminal.Show(gibb.Text)} {Worth(gibb, terminal)}";

    /// <summary>What a gibb did to the hype, in brackets.</summary>
    public static string Worth(GibbMessage gibb, Terminal terminal)
    {
        var reason = gibb.Reason is { Length: > 0 } why ? $": {terminal.Show(why)}" : "";
        return gibb.Counted ? $"({Numbers.Points(gibb.Points)} points)" : $"({Numbers.Points(gibb.Points)} points, not counted{reason})";
    }

    private string Board(BoardMessage board)
    {
        var teams = (board.Teams ?? []).Take(TeamsInALine).Select(team => $"{Numbers.Whole(team.Rank)}. {terminal.Show(team.Team)} {Numbers.Whole(team.Score)}");
        return $"{At(board.Time)} board {string.Join(" · ", teams)}{(board.Final ? " · final" : "")}";
    }

    private static string At(DateTimeOffset? time) => $"[dim]{Numbers.Clock(time)}[/]";
}
