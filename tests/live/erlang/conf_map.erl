%% Reads each rabbitmq.conf that is named as the broker does at boot, with the broker's own schemas, and prints, tab-separated:
%%   env  FILE APPLICATION KEY VALUE    what the application's environment becomes
%%   key  FILE KEY MAPPING              which environment key a line of the file is mapped to
%%   bad  FILE REASON                   why the broker refuses the file
-module(conf_map).
-export([main/1]).

main(Files) ->
    logger:set_primary_config(level, none),
    io:setopts([{encoding, unicode}]),
    Schemas = filelib:wildcard("/usr/lib/rabbitmq/lib/*/plugins/*/priv/schema/*.schema"),
    Schema = cuttlefish_schema:files(Schemas),
    lists:foreach(fun(File) -> one(File, Schema) end, Files).

one(File, Schema) ->
    case cuttlefish_conf:file(File) of
        {errorlist, Errors} -> refused(File, Errors);
        Conf ->
            case catch cuttlefish_generator:map(Schema, Conf) of
                {error, _, {errorlist, Errors}} -> refused(File, Errors);
                {'EXIT', Reason} -> say("bad", [File, Reason]);
                Environment ->
                    [say("env", [File, App, Key, Value]) || {App, Pairs} <- Environment, is_list(Pairs), {Key, Value} <- Pairs],
                    mapped(File, Schema, Conf)
            end
    end.

mapped(File, {_, Mappings, _}, Conf) ->
    lists:foreach(fun({Variable, _}) ->
        Found = [cuttlefish_mapping:mapping(M) || M <- Mappings, names(Variable, M)],
        say("key", [File, string:join(Variable, "."), case Found of [One | _] -> One; [] -> "" end])
    end, Conf).

%% A later line of RabbitMQ lets a key have further names.
names(Variable, Mapping) ->
    Further = case erlang:function_exported(cuttlefish_mapping, aliases, 1) of
        true -> cuttlefish_mapping:aliases(Mapping);
        false -> []
    end,
    lists:any(fun(Name) -> cuttlefish_variable:is_fuzzy_match(Variable, Name) end, [cuttlefish_mapping:variable(Mapping) | Further]).

refused(File, Errors) ->
    [say("bad", [File, lists:flatten(cuttlefish_error:xlate(Error))]) || {error, Error} <- Errors].

say(Kind, Cells) ->
    io:format("~ts~n", [lists:join("\t", [Kind | [cell(Cell) || Cell <- Cells]])]).

cell(Text) ->
    case io_lib:printable_unicode_list(Text) andalso Text =/= [] of
        true -> Text;
        false -> io_lib:format("~0tp", [Text])
    end.
