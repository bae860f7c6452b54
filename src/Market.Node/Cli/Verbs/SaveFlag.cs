using System.CommandLine;
using System.Text;
using System.Text.Json;
using Market.Node.Cli.Client;
using Market.Node.Cli.Given;
using Market.Node.Cli.Screen;
using Market.Protocol.Values;

namespace Market.Node.Cli.Verbs;

/// <summary><c>--save</c>: what becomes of a token just issued. It is printed, or kept in a new file that only its owner can read.</summary>
public sealed class SaveFlag
{
    private readonly Option<string?> _save = Typed.File("--save", "Keep the token in a new file (mode 600) instead of printing it.");

    public SaveFlag(Verb verb) => verb.Add(_save);

    /// <summary>Asks for a token. The file is made first: a token that could not be kept would be lost.</summary>
    public async Task<int> IssueAsync(ClientCall call, TraderKey trader, Func<Task<JsonElement>> ask)
    {
        if (call.Value(_save) is not { } name)
        {
            Print(call, trader, await ask());
            return ExitCode.Done;
        }
        var path = call.Around.PathOf(name);
        var kept = false;
        try
        {
            await using var file = Tokens.Reserve(path);
            var answer = await ask();
            await file.WriteAsync(Encoding.ASCII.GetBytes($"{TokenOf(answer)}\n"));
            kept = true;
            PrintKept(call, trader, answer, name);
            return ExitCode.Done;
        }
        catch (Exception) when (!kept && File.Exists(path) && new FileInfo(path).Length == 0)
        {
            File.Delete(path);
            throw;
        }
    }

    private static void Print(ClientCall call, TraderKey trader, JsonElement answer)
    {
        var token = TokenOf(answer);
        if (call.Terminal.Json)
        {
            call.Terminal.Write(answer);
            return;
        }
        PrintState(call, trader, answer);
        call.Terminal.Line("Its token, shown once:");
        call.Terminal.Copyable(token);
        call.Terminal.Line($"Use it: set {Tokens.TraderVariable} to it, then: {call.Terminal.Show($"monkonomy send {trader} BUY 1")}");
    }

    private static void PrintKept(ClientCall call, TraderKey trader, JsonElement answer, string name)
    {
        if (call.Terminal.Json)
        {
            call.Terminal.Write(answer);
            return;
        }
        PrintState(call, trader, answer);
        call.Terminal.Line($"Its token is in {call.Terminal.Show(name)}.");
        call.Terminal.Line($"Use it: {call.Terminal.Show($"monkonomy send {trader} BUY 1 --token-file {name}")}");
    }

    private static void PrintState(ClientCall call, TraderKey trader, JsonElement answer)
    {
        call.Terminal.Line($"[bold]{call.Terminal.Show(trader.ToString())}[/] can act in {call.Node.Market}.");
        if (answer.Of("state") is { } state) { call.Terminal.Line(ResultLines.State(state.As<StateMessage>())); }
    }

    private static string TokenOf(JsonElement answer)
    {
        var token = answer.Text("token");
        return token is { Length: > 0 } && token.All(letter => letter is > ' ' and <= '~') ? token : throw NodeFailedException.NotANode();
    }
}
