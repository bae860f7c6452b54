using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Market.Node.Cli.Pbm;

/// <summary><c>pbm log</c> and <c>pbm dead-letters</c>: what nodes wrote down.</summary>
public static class LogVerbs
{
    public static Verb Of(Inspector inspector)
    {
        var verb = new Verb("log", "A node's log: its newest lines, and from which level on it writes.", "monkonomy pbm log peek --limit 10");
        verb.Add(Level(inspector));
        verb.Add(Peek(inspector));
        return verb;
    }

    public static Verb DeadLetters(Inspector inspector)
    {
        var verb = new Verb("dead-letters", "Commands that nodes could not handle, and why; the newest first.", "monkonomy pbm dead-letters --limit 5");
        var paging = new Paging(verb);
        return inspector.Acting(verb, async (look, cancel) =>
        {
            var nodes = await look.LookAtAllAsync("dead-letters", cancel, ("from", paging.From(look)), ("limit", paging.Limit(look)));
            if (look.Terminal.Json)
            {
                look.Terminal.Write(JsonSerializer.SerializeToElement(new { nodes }));
                return ExitCode.Done;
            }
            foreach (var node in nodes)
            {
                look.Terminal.Line($"[bold]{look.Terminal.Show(node.Cell("node"))}[/]: {look.Terminal.Show(node.Cell("count"))} dead letters");
                foreach (var letter in node.Rows("letters"))
                {
                    look.Terminal.Line(look.Terminal.Show($"  {letter.Cell("time")} {letter.Cell("actor")} {letter.Cell("what")}: {letter.Cell("cause").Split('\n')[0].TrimEnd('\r')}"));
                }
                Paging.SayMore(look, node);
            }
            return ExitCode.Done;
        });
    }

    private static Verb Level(Inspector inspector)
    {
        var verb = new Verb("level", "From which level on a node writes its log; with a word, sets it until the node ends.", "monkonomy pbm log level", "monkonomy pbm log level debug --member node-2");
        var level = verb.With(new Argument<string?>("LEVEL") { Description = "trace, debug, information, warning, error or critical.", Arity = ArgumentArity.ZeroOrOne });
        var member = new MemberFlag(verb);
        return inspector.Acting(verb, async (look, cancel) =>
        {
            var answer = look.Call.Parsed.GetValue(level) is { } word
                ? await look.ActAsync("log/level", new JsonObject { ["level"] = word.ToLowerInvariant() }, cancel, member.Of(look))
                : await look.LookAsync("log/level", cancel, member.Of(look));
            if (look.Terminal.Json) { look.Terminal.Write(answer); }
            else { look.Terminal.Line(look.Terminal.Show($"{answer.Cell("node")} logs from {answer.Cell("level")} on.")); }
            return ExitCode.Done;
        });
    }

    private static Verb Peek(Inspector inspector)
    {
        var verb = new Verb("peek", "A node's newest log lines; it keeps the last thousand.", "monkonomy pbm log peek --limit 10", "monkonomy pbm log peek --member node-2");
        var member = new MemberFlag(verb);
        var paging = new Paging(verb, "Lines with this number or a later one.");
        return inspector.Acting(verb, async (look, cancel) =>
        {
            var answer = await look.LookAsync("log", cancel, member.Of(look), ("from", paging.From(look)), ("limit", paging.Limit(look)));
            if (look.Terminal.Json)
            {
                look.Terminal.Write(answer);
                return ExitCode.Done;
            }
            foreach (var line in answer.Rows("lines"))
            {
                look.Terminal.Line(look.Terminal.Show($"{line.Cell("number")} {line.Cell("time")} {line.Cell("level")} {line.Cell("category")}: {line.Cell("text")}"));
            }
            return ExitCode.Done;
        });
    }
}
