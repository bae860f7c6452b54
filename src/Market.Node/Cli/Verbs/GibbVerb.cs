using System.CommandLine;
using System.Text.Json.Nodes;
using Market.Node.Cli.Client;
using Market.Node.Cli.Given;
using Market.Node.Cli.Screen;
using Market.Protocol.Values;

namespace Market.Node.Cli.Verbs;

/// <summary><c>gibb</c>: say something that may move the price.</summary>
public static class GibbVerb
{
    public static Verb Of(ClientVerbs clients)
    {
        var verb = new Verb("gibb", "Post a gibb: talk that moves the price.", "monkonomy gibb --author alice \"banana is the best buy\"")
        {
            Notes = ["A text that begins with a dash goes after -- by itself."],
        };
        var author = verb.With(Typed.Value(
            "--author", "A", "Who says it.", text => TraderKey.IsName(text) ? text : null, "1 to 64 characters, none of them control characters"));
        author.Required = true;
        var text = verb.With(new Argument<string[]>("TEXT") { Description = "What is said.", Arity = ArgumentArity.OneOrMore });
        return clients.Acting(verb, async (call, cancel) =>
        {
            var body = new JsonObject { ["author"] = call.Value(author), ["text"] = string.Join(' ', call.Value(text)) };
            var answer = await call.Node.PostAsync(call.Node.PathOf("gibbs"), body, null, cancel);
            if (call.Terminal.Json) { call.Terminal.Write(answer); }
            else { call.Terminal.Line($"Posted {LiveLines.Worth(answer.As<GibbMessage>(), call.Terminal)}."); }
            return ExitCode.Done;
        });
    }
}
