import type { JsonSchemas } from '../json-schema.ts';

/** Written by `command-schemas.spec.ts` from the types of libs/contracts. */
export const commandSchemas: JsonSchemas = {
  "AddHost": {
    "type": "object",
    "properties": {
      "type": {
        "const": "AddHost"
      },
      "host": {
        "$ref": "#/definitions/HostSpec"
      }
    },
    "required": [
      "type",
      "host"
    ],
    "additionalProperties": false
  },
  "AdvanceTime": {
    "type": "object",
    "properties": {
      "type": {
        "const": "AdvanceTime"
      },
      "to": {
        "type": "integer"
      }
    },
    "required": [
      "type",
      "to"
    ],
    "additionalProperties": false
  },
  "ApplyBatch": {
    "description": "Carried out in order as one commit: all, or nothing and the refusal of the first that failed.",
    "type": "object",
    "properties": {
      "type": {
        "const": "ApplyBatch"
      },
      "commands": {
        "type": "array",
        "items": {
          "anyOf": [
            {
              "$ref": "#/definitions/AddHost"
            },
            {
              "$ref": "#/definitions/AdvanceTime"
            },
            {
              "$ref": "#/definitions/BuildImage"
            },
            {
              "$ref": "#/definitions/ConnectContainer"
            },
            {
              "$ref": "#/definitions/CreateContainer"
            },
            {
              "$ref": "#/definitions/CreateExec"
            },
            {
              "$ref": "#/definitions/CreateNetwork"
            },
            {
              "$ref": "#/definitions/CreateVolume"
            },
            {
              "$ref": "#/definitions/DisconnectContainer"
            },
            {
              "$ref": "#/definitions/EditFirewall"
            },
            {
              "$ref": "#/definitions/EditStacks"
            },
            {
              "$ref": "#/definitions/EndContainerProcess"
            },
            {
              "$ref": "#/definitions/EndExec"
            },
            {
              "$ref": "#/definitions/InitSwarm"
            },
            {
              "$ref": "#/definitions/JoinSwarm"
            },
            {
              "$ref": "#/definitions/KillContainer"
            },
            {
              "$ref": "#/definitions/LeaveSwarm"
            },
            {
              "$ref": "#/definitions/PauseContainer"
            },
            {
              "$ref": "#/definitions/PruneContainers"
            },
            {
              "$ref": "#/definitions/PruneImages"
            },
            {
              "$ref": "#/definitions/PruneNetworks"
            },
            {
              "$ref": "#/definitions/PruneVolumes"
            },
            {
              "$ref": "#/definitions/PullImage"
            },
            {
              "$ref": "#/definitions/RemoveContainer"
            },
            {
              "$ref": "#/definitions/RemoveFiles"
            },
            {
              "$ref": "#/definitions/RemoveHost"
            },
            {
              "$ref": "#/definitions/RemoveImage"
            },
            {
              "$ref": "#/definitions/RemoveNetwork"
            },
            {
              "$ref": "#/definitions/RemoveNode"
            },
            {
              "$ref": "#/definitions/RemoveVolume"
            },
            {
              "$ref": "#/definitions/RenameContainer"
            },
            {
              "$ref": "#/definitions/ReportHealth"
            },
            {
              "$ref": "#/definitions/ReportTraffic"
            },
            {
              "$ref": "#/definitions/RestartContainer"
            },
            {
              "$ref": "#/definitions/StartContainer"
            },
            {
              "$ref": "#/definitions/StartExec"
            },
            {
              "$ref": "#/definitions/StopContainer"
            },
            {
              "$ref": "#/definitions/TagImage"
            },
            {
              "$ref": "#/definitions/UnpauseContainer"
            },
            {
              "$ref": "#/definitions/UpdateContainer"
            },
            {
              "$ref": "#/definitions/UpdateNode"
            },
            {
              "$ref": "#/definitions/UpdateSwarm"
            },
            {
              "$ref": "#/definitions/WriteFiles"
            }
          ]
        }
      }
    },
    "required": [
      "type",
      "commands"
    ],
    "additionalProperties": false
  },
  "BuildImage": {
    "type": "object",
    "properties": {
      "type": {
        "const": "BuildImage"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "spec": {
        "$ref": "#/definitions/ImageSpec"
      },
      "tags": {
        "type": "array",
        "items": {
          "type": "string"
        },
        "description": "`name` or `name:tag` each."
      }
    },
    "required": [
      "type",
      "host",
      "spec",
      "tags"
    ],
    "additionalProperties": false
  },
  "BuildStep": {
    "description": "One line of a Dockerfile that was carried out.",
    "type": "object",
    "properties": {
      "image": {
        "type": "string",
        "description": "Id of the image that it led to, `sha256:…`; of the last one empty: the image itself."
      },
      "createdBy": {
        "type": "string",
        "description": "As `docker history` shows it: `/bin/sh -c apt-get update`."
      },
      "comment": {
        "type": "string",
        "description": "`docker commit -m`."
      },
      "container": {
        "description": "The container that was committed.",
        "type": "string"
      },
      "at": {
        "type": "integer",
        "description": "When it was committed: each commit is an image of its own."
      },
      "wrote": {
        "type": "object",
        "properties": {
          "files": {
            "type": "array",
            "items": {
              "$ref": "#/definitions/FileEntry"
            }
          },
          "without": {
            "type": "string"
          }
        },
        "required": [
          "files",
          "without"
        ],
        "additionalProperties": false,
        "description": "What its program wrote, where it wrote something; and the image as it would be without."
      }
    },
    "required": [
      "image",
      "createdBy"
    ],
    "additionalProperties": false
  },
  "ConnectContainer": {
    "type": "object",
    "properties": {
      "type": {
        "const": "ConnectContainer"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "network": {
        "type": "string"
      },
      "container": {
        "type": "string"
      },
      "endpoint": {
        "anyOf": [
          {
            "$ref": "#/definitions/EndpointSpec"
          },
          {
            "type": "null"
          }
        ]
      }
    },
    "required": [
      "type",
      "host",
      "network",
      "container",
      "endpoint"
    ],
    "additionalProperties": false
  },
  "ContainerSpec": {
    "description": "What `docker create` asks for. Fields the lab has no use for ride along in `passThrough`.",
    "type": "object",
    "properties": {
      "name": {
        "type": "string"
      },
      "image": {
        "type": "string"
      },
      "command": {
        "anyOf": [
          {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          {
            "type": "null"
          }
        ]
      },
      "entrypoint": {
        "anyOf": [
          {
            "type": "array",
            "items": {
              "type": "string"
            }
          },
          {
            "type": "null"
          }
        ]
      },
      "environment": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "labels": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        }
      },
      "hostname": {
        "type": "string"
      },
      "domainname": {
        "type": "string"
      },
      "user": {
        "type": "string"
      },
      "workingDir": {
        "type": "string"
      },
      "macAddress": {
        "type": "string"
      },
      "tty": {
        "type": "boolean"
      },
      "openStdin": {
        "type": "boolean"
      },
      "stdinOnce": {
        "type": "boolean"
      },
      "attachStdin": {
        "type": "boolean"
      },
      "attachStdout": {
        "type": "boolean"
      },
      "attachStderr": {
        "type": "boolean"
      },
      "stopSignal": {
        "type": "string"
      },
      "stopTimeoutSeconds": {
        "anyOf": [
          {
            "type": "integer"
          },
          {
            "type": "null"
          }
        ]
      },
      "exposedPorts": {
        "type": "array",
        "items": {
          "type": "string"
        },
        "description": "Like `80/tcp`: `--expose`."
      },
      "portBindings": {
        "type": "array",
        "items": {
          "$ref": "#/definitions/PortBindingSpec"
        }
      },
      "publishAllPorts": {
        "type": "boolean"
      },
      "networkMode": {
        "type": "string",
        "description": "`default`, `bridge`, `host`, `none`, `container:<name|id>`, or a network's name or id."
      },
      "endpoints": {
        "type": "object",
        "additionalProperties": {
          "$ref": "#/definitions/EndpointSpec"
        },
        "description": "By network name or id, as sent."
      },
      "links": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "dns": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "dnsSearch": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "dnsOptions": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "extraHosts": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "autoRemove": {
        "type": "boolean"
      },
      "restartPolicy": {
        "$ref": "#/definitions/RestartPolicySpec"
      },
      "privileged": {
        "type": "boolean"
      },
      "passThrough": {
        "type": "object",
        "properties": {
          "config": {
            "type": "object",
            "additionalProperties": {}
          },
          "hostConfig": {
            "type": "object",
            "additionalProperties": {}
          }
        },
        "required": [
          "config",
          "hostConfig"
        ],
        "additionalProperties": false,
        "description": "`Config` and `HostConfig` members that only `inspect` shows again; JSON values, bounded."
      }
    },
    "required": [
      "name",
      "image",
      "command",
      "entrypoint",
      "environment",
      "labels",
      "hostname",
      "domainname",
      "user",
      "workingDir",
      "macAddress",
      "tty",
      "openStdin",
      "stdinOnce",
      "attachStdin",
      "attachStdout",
      "attachStderr",
      "stopSignal",
      "stopTimeoutSeconds",
      "exposedPorts",
      "portBindings",
      "publishAllPorts",
      "networkMode",
      "endpoints",
      "links",
      "dns",
      "dnsSearch",
      "dnsOptions",
      "extraHosts",
      "autoRemove",
      "restartPolicy",
      "privileged",
      "passThrough"
    ],
    "additionalProperties": false
  },
  "CreateContainer": {
    "type": "object",
    "properties": {
      "type": {
        "const": "CreateContainer"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "spec": {
        "$ref": "#/definitions/ContainerSpec"
      }
    },
    "required": [
      "type",
      "host",
      "spec"
    ],
    "additionalProperties": false
  },
  "CreateExec": {
    "type": "object",
    "properties": {
      "type": {
        "const": "CreateExec"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "container": {
        "type": "string"
      },
      "command": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "environment": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "user": {
        "type": "string"
      },
      "workingDir": {
        "type": "string"
      },
      "tty": {
        "type": "boolean"
      },
      "attachStdin": {
        "type": "boolean"
      },
      "attachStdout": {
        "type": "boolean"
      },
      "attachStderr": {
        "type": "boolean"
      },
      "privileged": {
        "type": "boolean"
      },
      "detachKeys": {
        "type": "string"
      }
    },
    "required": [
      "type",
      "host",
      "container",
      "command",
      "environment",
      "user",
      "workingDir",
      "tty",
      "attachStdin",
      "attachStdout",
      "attachStderr",
      "privileged",
      "detachKeys"
    ],
    "additionalProperties": false
  },
  "CreateLab": {
    "type": "object",
    "properties": {
      "type": {
        "const": "CreateLab"
      },
      "name": {
        "type": "string"
      },
      "hosts": {
        "type": "array",
        "items": {
          "$ref": "#/definitions/HostSpec"
        }
      },
      "lans": {
        "type": "array",
        "items": {
          "$ref": "#/definitions/LanSpec"
        }
      },
      "images": {
        "anyOf": [
          {
            "type": "null"
          },
          {
            "type": "object",
            "additionalProperties": {
              "$ref": "#/definitions/ImageSpec"
            }
          }
        ],
        "description": "`null`: the default, open catalogue. Else the given one is the whole registry."
      }
    },
    "required": [
      "type",
      "name",
      "hosts",
      "lans",
      "images"
    ],
    "additionalProperties": false
  },
  "CreateNetwork": {
    "type": "object",
    "properties": {
      "type": {
        "const": "CreateNetwork"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "network": {
        "$ref": "#/definitions/NetworkSpec"
      }
    },
    "required": [
      "type",
      "host",
      "network"
    ],
    "additionalProperties": false
  },
  "CreateVolume": {
    "type": "object",
    "properties": {
      "type": {
        "const": "CreateVolume"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "name": {
        "type": "string",
        "description": "Empty: the engine makes one up."
      },
      "driver": {
        "type": "string",
        "description": "Empty means `local`, the one driver there is."
      },
      "driverOptions": {
        "anyOf": [
          {
            "type": "null"
          },
          {
            "type": "object",
            "additionalProperties": {
              "type": "string"
            }
          }
        ]
      },
      "labels": {
        "anyOf": [
          {
            "type": "null"
          },
          {
            "type": "object",
            "additionalProperties": {
              "type": "string"
            }
          }
        ]
      }
    },
    "required": [
      "type",
      "host",
      "name",
      "driver",
      "driverOptions",
      "labels"
    ],
    "additionalProperties": false
  },
  "DisconnectContainer": {
    "type": "object",
    "properties": {
      "type": {
        "const": "DisconnectContainer"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "network": {
        "type": "string"
      },
      "container": {
        "type": "string"
      },
      "force": {
        "type": "boolean"
      }
    },
    "required": [
      "type",
      "host",
      "network",
      "container",
      "force"
    ],
    "additionalProperties": false
  },
  "EditFirewall": {
    "description": "`iptables` edited the chains of a host, in this order.",
    "type": "object",
    "properties": {
      "type": {
        "const": "EditFirewall"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "edits": {
        "type": "array",
        "items": {
          "anyOf": [
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "addRule"
                },
                "rule": {
                  "$ref": "#/definitions/FirewallRule"
                }
              },
              "required": [
                "kind",
                "rule"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "createChain"
                },
                "chain": {
                  "$ref": "#/definitions/FirewallChain"
                }
              },
              "required": [
                "kind",
                "chain"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "removeChain"
                },
                "chain": {
                  "$ref": "#/definitions/FirewallChain"
                }
              },
              "required": [
                "kind",
                "chain"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "removeRule"
                },
                "place": {
                  "$ref": "#/definitions/FirewallRulePlace"
                }
              },
              "required": [
                "kind",
                "place"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "setPolicy"
                },
                "chain": {
                  "$ref": "#/definitions/FirewallChain"
                },
                "policy": {
                  "enum": [
                    "ACCEPT",
                    "DROP"
                  ]
                }
              },
              "required": [
                "kind",
                "chain",
                "policy"
              ],
              "additionalProperties": false
            }
          ]
        }
      }
    },
    "required": [
      "type",
      "host",
      "edits"
    ],
    "additionalProperties": false
  },
  "EditStacks": {
    "description": "`ip`, `brctl` and their like edited the network stacks of a host, in this order.",
    "type": "object",
    "properties": {
      "type": {
        "const": "EditStacks"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "edits": {
        "type": "array",
        "items": {
          "anyOf": [
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "addAddress"
                },
                "link": {
                  "$ref": "#/definitions/FoundLink"
                },
                "address": {
                  "$ref": "#/definitions/HandMadeAddress"
                }
              },
              "required": [
                "kind",
                "link",
                "address"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "addLink"
                },
                "link": {
                  "$ref": "#/definitions/WantedLink"
                },
                "peer": {
                  "anyOf": [
                    {
                      "$ref": "#/definitions/WantedLink"
                    },
                    {
                      "type": "null"
                    }
                  ],
                  "description": "The other half of a pair."
                }
              },
              "required": [
                "kind",
                "link",
                "peer"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "addNamespace"
                },
                "name": {
                  "type": "string"
                }
              },
              "required": [
                "kind",
                "name"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "addRoute"
                },
                "link": {
                  "$ref": "#/definitions/FoundLink"
                },
                "route": {
                  "$ref": "#/definitions/HandMadeRoute"
                }
              },
              "required": [
                "kind",
                "link",
                "route"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "moveLink"
                },
                "link": {
                  "$ref": "#/definitions/FoundLink"
                },
                "namespace": {
                  "type": "string"
                }
              },
              "required": [
                "kind",
                "link",
                "namespace"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "removeAddress"
                },
                "link": {
                  "$ref": "#/definitions/FoundLink"
                },
                "address": {
                  "type": "string"
                }
              },
              "required": [
                "kind",
                "link",
                "address"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "removeLink"
                },
                "link": {
                  "$ref": "#/definitions/FoundLink"
                }
              },
              "required": [
                "kind",
                "link"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "removeNamespace"
                },
                "name": {
                  "type": "string"
                }
              },
              "required": [
                "kind",
                "name"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "removeNeighbour"
                },
                "link": {
                  "$ref": "#/definitions/FoundLink"
                },
                "address": {
                  "type": "string"
                }
              },
              "required": [
                "kind",
                "link",
                "address"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "removeRoute"
                },
                "link": {
                  "$ref": "#/definitions/FoundLink"
                },
                "route": {
                  "$ref": "#/definitions/RoutePlace"
                }
              },
              "required": [
                "kind",
                "link",
                "route"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "setLink"
                },
                "link": {
                  "$ref": "#/definitions/FoundLink"
                },
                "setting": {
                  "$ref": "#/definitions/LinkSetting"
                }
              },
              "required": [
                "kind",
                "link",
                "setting"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "setNeighbour"
                },
                "link": {
                  "$ref": "#/definitions/FoundLink"
                },
                "neighbour": {
                  "$ref": "#/definitions/HandMadeNeighbour"
                }
              },
              "required": [
                "kind",
                "link",
                "neighbour"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "setParameter"
                },
                "namespace": {
                  "type": "string"
                },
                "name": {
                  "type": "string",
                  "description": "Below `/proc/sys`, with dots: `net.ipv4.ip_forward`."
                },
                "value": {
                  "type": "string"
                }
              },
              "required": [
                "kind",
                "namespace",
                "name",
                "value"
              ],
              "additionalProperties": false
            }
          ]
        }
      }
    },
    "required": [
      "type",
      "host",
      "edits"
    ],
    "additionalProperties": false
  },
  "EndContainerProcess": {
    "type": "object",
    "properties": {
      "type": {
        "const": "EndContainerProcess"
      },
      "processId": {
        "type": "integer"
      },
      "exitCode": {
        "type": "integer"
      },
      "output": {
        "type": "array",
        "items": {
          "$ref": "#/definitions/OutputChunk"
        }
      },
      "endsAt": {
        "anyOf": [
          {
            "type": "integer"
          },
          {
            "type": "null"
          }
        ],
        "description": "When it ends: an instant to come (`ping -c 2 x; sleep 5`), or one that has passed when its\nrunner was late. Null: never by itself. Absent: now."
      },
      "traffic": {
        "$ref": "#/definitions/Traffic"
      },
      "removed": {
        "type": "array",
        "items": {
          "type": "string"
        },
        "description": "What it removed before what it wrote; absent: nothing."
      },
      "files": {
        "type": "array",
        "items": {
          "$ref": "#/definitions/FileEntry"
        },
        "description": "What it wrote; absent: nothing."
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "container": {
        "type": "string"
      }
    },
    "required": [
      "type",
      "processId",
      "exitCode",
      "output",
      "host",
      "container"
    ],
    "additionalProperties": false
  },
  "EndExec": {
    "type": "object",
    "properties": {
      "type": {
        "const": "EndExec"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "execId": {
        "description": "64 lowercase hex characters.",
        "type": "string"
      },
      "exitCode": {
        "type": "integer"
      },
      "traffic": {
        "$ref": "#/definitions/Traffic"
      }
    },
    "required": [
      "type",
      "host",
      "execId",
      "exitCode"
    ],
    "additionalProperties": false
  },
  "EndpointSpec": {
    "description": "How one endpoint is wanted: `--ip`, `--ip6`, `--network-alias`, `--link`, `--mac-address`.",
    "type": "object",
    "properties": {
      "ipv4Address": {
        "type": "string"
      },
      "ipv6Address": {
        "type": "string"
      },
      "linkLocalIPs": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "aliases": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "links": {
        "type": "array",
        "items": {
          "type": "string"
        },
        "description": "`name:alias` as the client sent them."
      },
      "macAddress": {
        "type": "string"
      },
      "driverOptions": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        }
      },
      "hasIpamConfig": {
        "type": "boolean",
        "description": "The client sent an (empty) address configuration: `inspect` shows `{}` instead of `null`."
      },
      "hasDriverOptions": {
        "type": "boolean",
        "description": "Likewise for the driver's options."
      }
    },
    "required": [
      "ipv4Address",
      "ipv6Address",
      "linkLocalIPs",
      "aliases",
      "links",
      "macAddress",
      "driverOptions"
    ],
    "additionalProperties": false
  },
  "FileEntry": {
    "description": "A file of a container that differs from its image's; bounded by the domain's limits.",
    "type": "object",
    "properties": {
      "path": {
        "type": "string",
        "description": "Absolute, without `.`, `..` and a slash at its end."
      },
      "kind": {
        "enum": [
          "directory",
          "file",
          "link"
        ]
      },
      "mode": {
        "type": "integer",
        "description": "Permission bits, e.g. 0o644."
      },
      "userId": {
        "type": "integer"
      },
      "groupId": {
        "type": "integer"
      },
      "modifiedAt": {
        "type": "integer"
      },
      "encoding": {
        "enum": [
          "base64",
          "utf8"
        ],
        "description": "A text as it is, other bytes in base 64. Empty but for files."
      },
      "content": {
        "type": "string"
      },
      "target": {
        "type": "string",
        "description": "Where a link leads; else empty."
      }
    },
    "required": [
      "path",
      "kind",
      "mode",
      "userId",
      "groupId",
      "modifiedAt",
      "encoding",
      "content",
      "target"
    ],
    "additionalProperties": false
  },
  "FirewallChain": {
    "description": "A chain of the host's own network stack.",
    "type": "object",
    "properties": {
      "family": {
        "anyOf": [
          {
            "enum": [
              4
            ]
          },
          {
            "enum": [
              6
            ]
          }
        ]
      },
      "table": {
        "enum": [
          "filter",
          "nat"
        ]
      },
      "chain": {
        "type": "string"
      }
    },
    "required": [
      "family",
      "table",
      "chain"
    ],
    "additionalProperties": false
  },
  "FirewallMatch": {
    "description": "What a rule matches; absent: any.",
    "type": "object",
    "properties": {
      "source": {
        "$ref": "#/definitions/Negatable"
      },
      "destination": {
        "$ref": "#/definitions/Negatable"
      },
      "inInterface": {
        "$ref": "#/definitions/Negatable"
      },
      "outInterface": {
        "$ref": "#/definitions/Negatable"
      },
      "protocol": {
        "type": "string"
      },
      "destinationPort": {
        "type": "integer"
      },
      "sourcePort": {
        "type": "integer"
      },
      "connectionStates": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "destinationType": {
        "enum": [
          "LOCAL"
        ]
      },
      "extensions": {
        "type": "array",
        "items": {
          "anyOf": [
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "comment"
                },
                "text": {
                  "type": "string"
                }
              },
              "required": [
                "kind",
                "text"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "conntrack"
                },
                "originalDestination": {
                  "$ref": "#/definitions/Negatable"
                },
                "originalPorts": {
                  "type": "object",
                  "properties": {
                    "span": {
                      "$ref": "#/definitions/PortSpan"
                    },
                    "negated": {
                      "type": "boolean"
                    }
                  },
                  "required": [
                    "span",
                    "negated"
                  ],
                  "additionalProperties": false
                },
                "direction": {
                  "enum": [
                    "ORIGINAL",
                    "REPLY"
                  ]
                }
              },
              "required": [
                "kind"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "icmpType"
                },
                "type": {
                  "type": "integer"
                },
                "negated": {
                  "type": "boolean"
                }
              },
              "required": [
                "kind",
                "type",
                "negated"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "limit"
                },
                "rate": {
                  "type": "string"
                },
                "burst": {
                  "type": "integer"
                }
              },
              "required": [
                "kind",
                "rate",
                "burst"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "multiport"
                },
                "side": {
                  "enum": [
                    "destination",
                    "either",
                    "source"
                  ]
                },
                "spans": {
                  "type": "array",
                  "items": {
                    "$ref": "#/definitions/PortSpan"
                  }
                },
                "negated": {
                  "type": "boolean"
                }
              },
              "required": [
                "kind",
                "side",
                "spans",
                "negated"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "ports"
                },
                "side": {
                  "enum": [
                    "destination",
                    "source"
                  ]
                },
                "span": {
                  "$ref": "#/definitions/PortSpan"
                },
                "negated": {
                  "type": "boolean"
                }
              },
              "required": [
                "kind",
                "side",
                "span",
                "negated"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "state"
                },
                "states": {
                  "type": "array",
                  "items": {
                    "type": "string"
                  }
                }
              },
              "required": [
                "kind",
                "states"
              ],
              "additionalProperties": false
            },
            {
              "type": "object",
              "properties": {
                "kind": {
                  "const": "syn"
                },
                "negated": {
                  "type": "boolean"
                }
              },
              "required": [
                "kind",
                "negated"
              ],
              "additionalProperties": false
            }
          ]
        },
        "description": "In the order in which they were written."
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "FirewallRule": {
    "description": "A rule that somebody made by hand.",
    "type": "object",
    "properties": {
      "family": {
        "anyOf": [
          {
            "enum": [
              4
            ]
          },
          {
            "enum": [
              6
            ]
          }
        ]
      },
      "table": {
        "enum": [
          "filter",
          "nat"
        ]
      },
      "chain": {
        "type": "string"
      },
      "rank": {
        "type": "string",
        "description": "Sorts the rules of a chain bytewise, those of the engine among them."
      },
      "match": {
        "$ref": "#/definitions/FirewallMatch"
      },
      "target": {
        "anyOf": [
          {
            "type": "object",
            "properties": {
              "kind": {
                "const": "LOG"
              },
              "prefix": {
                "type": "string"
              },
              "level": {
                "type": "integer"
              }
            },
            "required": [
              "kind",
              "prefix",
              "level"
            ],
            "additionalProperties": false
          },
          {
            "type": "object",
            "properties": {
              "kind": {
                "const": "MASQUERADE"
              },
              "ports": {
                "type": "string"
              }
            },
            "required": [
              "kind"
            ],
            "additionalProperties": false
          },
          {
            "type": "object",
            "properties": {
              "kind": {
                "const": "REDIRECT"
              },
              "ports": {
                "anyOf": [
                  {
                    "type": "null"
                  },
                  {
                    "type": "string"
                  }
                ]
              }
            },
            "required": [
              "kind",
              "ports"
            ],
            "additionalProperties": false
          },
          {
            "type": "object",
            "properties": {
              "kind": {
                "const": "REJECT"
              },
              "rejectWith": {
                "type": "string"
              }
            },
            "required": [
              "kind",
              "rejectWith"
            ],
            "additionalProperties": false
          },
          {
            "type": "object",
            "properties": {
              "kind": {
                "enum": [
                  "ACCEPT",
                  "DROP",
                  "RETURN"
                ]
              }
            },
            "required": [
              "kind"
            ],
            "additionalProperties": false
          },
          {
            "type": "object",
            "properties": {
              "kind": {
                "enum": [
                  "DNAT",
                  "SNAT"
                ]
              },
              "to": {
                "type": "string"
              }
            },
            "required": [
              "kind",
              "to"
            ],
            "additionalProperties": false
          },
          {
            "type": "object",
            "properties": {
              "kind": {
                "enum": [
                  "goto",
                  "jump"
                ]
              },
              "chain": {
                "type": "string"
              }
            },
            "required": [
              "kind",
              "chain"
            ],
            "additionalProperties": false
          }
        ]
      }
    },
    "required": [
      "family",
      "table",
      "chain",
      "rank",
      "match",
      "target"
    ],
    "additionalProperties": false
  },
  "FirewallRulePlace": {
    "description": "A rule by its place; `networkId` or `endpointId` say for what the engine made it.",
    "type": "object",
    "properties": {
      "family": {
        "anyOf": [
          {
            "enum": [
              4
            ]
          },
          {
            "enum": [
              6
            ]
          }
        ]
      },
      "table": {
        "enum": [
          "filter",
          "nat"
        ]
      },
      "chain": {
        "type": "string"
      },
      "rank": {
        "type": "string"
      },
      "networkId": {
        "anyOf": [
          {
            "description": "64 lowercase hex characters (local networks) or 25 of base 36 (swarm networks).",
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "endpointId": {
        "anyOf": [
          {
            "description": "64 lowercase hex characters.",
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      }
    },
    "required": [
      "family",
      "table",
      "chain",
      "rank",
      "networkId",
      "endpointId"
    ],
    "additionalProperties": false
  },
  "FoundLink": {
    "description": "A link that is there, as it was found. `networkId` and `endpointId` say for what the engine made\nit; `name` is the one that it has now.",
    "type": "object",
    "properties": {
      "namespace": {
        "type": "string"
      },
      "interfaceIndex": {
        "type": "integer"
      },
      "name": {
        "type": "string"
      },
      "networkId": {
        "anyOf": [
          {
            "description": "64 lowercase hex characters (local networks) or 25 of base 36 (swarm networks).",
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      },
      "endpointId": {
        "anyOf": [
          {
            "description": "64 lowercase hex characters.",
            "type": "string"
          },
          {
            "type": "null"
          }
        ]
      }
    },
    "required": [
      "namespace",
      "interfaceIndex",
      "name",
      "networkId",
      "endpointId"
    ],
    "additionalProperties": false
  },
  "HandMadeAddress": {
    "type": "object",
    "properties": {
      "namespace": {
        "type": "string"
      },
      "interfaceIndex": {
        "type": "integer"
      },
      "family": {
        "anyOf": [
          {
            "enum": [
              4
            ]
          },
          {
            "enum": [
              6
            ]
          }
        ]
      },
      "address": {
        "type": "string",
        "description": "With prefix length."
      },
      "broadcast": {
        "anyOf": [
          {
            "type": "null"
          },
          {
            "type": "string"
          }
        ]
      },
      "label": {
        "type": "string",
        "description": "`br0:1`; absent: the link's name."
      }
    },
    "required": [
      "namespace",
      "interfaceIndex",
      "family",
      "address",
      "broadcast"
    ],
    "additionalProperties": false
  },
  "HandMadeNeighbour": {
    "type": "object",
    "properties": {
      "namespace": {
        "type": "string"
      },
      "interfaceIndex": {
        "type": "integer"
      },
      "address": {
        "type": "string"
      },
      "mac": {
        "type": "string"
      }
    },
    "required": [
      "namespace",
      "interfaceIndex",
      "address",
      "mac"
    ],
    "additionalProperties": false
  },
  "HandMadeRoute": {
    "type": "object",
    "properties": {
      "namespace": {
        "type": "string"
      },
      "interfaceIndex": {
        "type": "integer"
      },
      "family": {
        "anyOf": [
          {
            "enum": [
              4
            ]
          },
          {
            "enum": [
              6
            ]
          }
        ]
      },
      "destination": {
        "type": "string",
        "description": "`default` or a CIDR."
      },
      "gateway": {
        "anyOf": [
          {
            "type": "null"
          },
          {
            "type": "string"
          }
        ]
      },
      "scope": {
        "enum": [
          "global",
          "link"
        ]
      },
      "source": {
        "anyOf": [
          {
            "type": "null"
          },
          {
            "type": "string"
          }
        ]
      },
      "metric": {
        "type": "integer"
      }
    },
    "required": [
      "namespace",
      "interfaceIndex",
      "family",
      "destination",
      "gateway",
      "scope",
      "source",
      "metric"
    ],
    "additionalProperties": false
  },
  "HealthProbe": {
    "description": "One run of a health check.",
    "type": "object",
    "properties": {
      "at": {
        "type": "integer"
      },
      "endsAt": {
        "type": "integer"
      },
      "exitCode": {
        "type": "integer",
        "description": "Of the program; -1: it was not found, or took too long."
      },
      "output": {
        "type": "string",
        "description": "What it printed on both streams, the first 4,096 characters."
      }
    },
    "required": [
      "at",
      "endsAt",
      "exitCode",
      "output"
    ],
    "additionalProperties": false
  },
  "HealthcheckSpec": {
    "description": "`HEALTHCHECK`. A time that is absent or 0 is the engine's default.",
    "type": "object",
    "properties": {
      "test": {
        "type": "array",
        "items": {
          "type": "string"
        },
        "description": "`['CMD', 'curl', '-f', 'localhost']`, `['CMD-SHELL', 'curl -f localhost']` or `['NONE']`."
      },
      "intervalNanos": {
        "type": "integer"
      },
      "timeoutNanos": {
        "type": "integer"
      },
      "startPeriodNanos": {
        "type": "integer"
      },
      "retries": {
        "type": "integer",
        "description": "Failures in a row that make it unhealthy; absent or 0: 3."
      }
    },
    "required": [
      "test"
    ],
    "additionalProperties": false
  },
  "HostSpec": {
    "type": "object",
    "properties": {
      "name": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "engineProfile": {
        "const": "20.10"
      },
      "nics": {
        "type": "array",
        "items": {
          "$ref": "#/definitions/NicSpec"
        }
      }
    },
    "required": [
      "name",
      "engineProfile",
      "nics"
    ],
    "additionalProperties": false
  },
  "ImageSpec": {
    "description": "One row of an image catalogue: everything a simulated engine needs to know of an image.",
    "type": "object",
    "properties": {
      "cmd": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "entrypoint": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "env": {
        "type": "array",
        "items": {
          "type": "string"
        },
        "description": "Absent in a given catalogue: `PATH=/bin`."
      },
      "user": {
        "type": "string"
      },
      "workingDir": {
        "type": "string"
      },
      "stopSignal": {
        "type": "string",
        "description": "Absent in a given catalogue, and no `stopExitCode`: `SIGKILL`."
      },
      "stopExitCode": {
        "type": "integer",
        "description": "What its own command ends with on a stop signal; absent: it ignores it and is killed, 137."
      },
      "healthcheck": {
        "$ref": "#/definitions/HealthcheckSpec"
      },
      "volumes": {
        "type": "array",
        "items": {
          "type": "string"
        },
        "description": "Paths at which a container gets a volume of its own: `VOLUME`."
      },
      "labels": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        }
      },
      "expose": {
        "type": "array",
        "items": {
          "type": "string"
        },
        "description": "Like `80/tcp`."
      },
      "listens": {
        "type": "array",
        "items": {
          "$ref": "#/definitions/ListenerSpec"
        }
      },
      "userland": {
        "enum": [
          "busybox",
          "debian"
        ],
        "description": "Which userland prints inside: decides the form of tool output."
      },
      "programs": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        },
        "description": "Command line prefix to what it does, in words for people."
      },
      "files": {
        "type": "array",
        "items": {
          "$ref": "#/definitions/FileEntry"
        },
        "description": "What its build put into it; absent: nothing beside its userland."
      },
      "author": {
        "type": "string",
        "description": "`MAINTAINER`, or `docker commit -a`."
      },
      "base": {
        "type": "string",
        "description": "What it was built on: the reference or id of that image."
      },
      "steps": {
        "type": "array",
        "items": {
          "$ref": "#/definitions/BuildStep"
        },
        "description": "How it was built on its base, the first step first; absent: it is the registry's."
      }
    },
    "required": [
      "cmd",
      "expose",
      "listens"
    ],
    "additionalProperties": false
  },
  "InitSwarm": {
    "type": "object",
    "properties": {
      "type": {
        "const": "InitSwarm"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "advertiseAddress": {
        "type": "string"
      },
      "listenAddress": {
        "type": "string"
      },
      "defaultAddressPools": {
        "type": "array",
        "items": {
          "type": "string"
        },
        "description": "Swarm address pools, e.g. `10.0.0.0/8`; empty means the default."
      },
      "subnetSize": {
        "type": "integer",
        "description": "Prefix length of each subnet; 0 means the default of 24."
      },
      "forceNewCluster": {
        "type": "boolean"
      },
      "availability": {
        "type": "string",
        "description": "Of the node: `active`, `pause` or `drain`. Absent: `active`."
      },
      "settings": {
        "type": "object",
        "properties": {
          "taskHistoryLimit": {
            "type": "integer"
          },
          "snapshotInterval": {
            "type": "integer"
          },
          "snapshotsKept": {
            "type": "integer"
          },
          "slowFollowerEntries": {
            "type": "integer"
          },
          "heartbeatNanoseconds": {
            "type": "integer"
          },
          "certificateNanoseconds": {
            "type": "integer"
          },
          "isAutolocked": {
            "type": "boolean"
          }
        },
        "required": [],
        "additionalProperties": false,
        "description": "What shall not be as a cluster begins."
      }
    },
    "required": [
      "type",
      "host",
      "advertiseAddress",
      "listenAddress",
      "defaultAddressPools",
      "subnetSize",
      "forceNewCluster"
    ],
    "additionalProperties": false
  },
  "IpamPoolSpec": {
    "description": "One `--subnet` with what belongs to it. Empty strings mean not given.",
    "type": "object",
    "properties": {
      "subnet": {
        "type": "string"
      },
      "ipRange": {
        "type": "string"
      },
      "gateway": {
        "type": "string"
      },
      "auxAddresses": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        }
      }
    },
    "required": [
      "subnet",
      "ipRange",
      "gateway",
      "auxAddresses"
    ],
    "additionalProperties": false
  },
  "JoinSwarm": {
    "type": "object",
    "properties": {
      "type": {
        "const": "JoinSwarm"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "remoteAddresses": {
        "type": "array",
        "items": {
          "type": "string"
        }
      },
      "token": {
        "type": "string"
      },
      "advertiseAddress": {
        "type": "string"
      },
      "listenAddress": {
        "type": "string"
      },
      "availability": {
        "type": "string",
        "description": "Of the node: `active`, `pause` or `drain`. Absent: `active`."
      }
    },
    "required": [
      "type",
      "host",
      "remoteAddresses",
      "token",
      "advertiseAddress",
      "listenAddress"
    ],
    "additionalProperties": false
  },
  "KillContainer": {
    "type": "object",
    "properties": {
      "type": {
        "const": "KillContainer"
      },
      "signal": {
        "type": "string"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "container": {
        "type": "string"
      }
    },
    "required": [
      "type",
      "signal",
      "host",
      "container"
    ],
    "additionalProperties": false
  },
  "LanSpec": {
    "description": "An underlay LAN of the lab, with the outside world's machine at its gateway address.",
    "type": "object",
    "properties": {
      "name": {
        "type": "string"
      },
      "subnet": {
        "type": "string",
        "description": "IPv4 CIDR, e.g. `192.168.50.0/24`."
      },
      "gateway": {
        "type": "string",
        "description": "Address of the outside machine, e.g. `192.168.50.1`."
      }
    },
    "required": [
      "name",
      "subnet",
      "gateway"
    ],
    "additionalProperties": false
  },
  "LeaveSwarm": {
    "type": "object",
    "properties": {
      "type": {
        "const": "LeaveSwarm"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "force": {
        "type": "boolean"
      }
    },
    "required": [
      "type",
      "host",
      "force"
    ],
    "additionalProperties": false
  },
  "LinkSetting": {
    "description": "What `ip link set` sets; absent: as it is.",
    "type": "object",
    "properties": {
      "isUp": {
        "type": "boolean"
      },
      "name": {
        "type": "string"
      },
      "mac": {
        "type": "string"
      },
      "mtuBytes": {
        "type": "integer"
      },
      "master": {
        "anyOf": [
          {
            "$ref": "#/definitions/FoundLink"
          },
          {
            "type": "null"
          }
        ],
        "description": "The bridge in the same stack whose port it becomes; `null`: of none."
      }
    },
    "required": [],
    "additionalProperties": false
  },
  "ListenerSpec": {
    "description": "A port that a process of an image serves, and how it answers.",
    "type": "object",
    "properties": {
      "port": {
        "type": "string",
        "description": "e.g. `80/tcp`"
      },
      "address": {
        "type": "string",
        "description": "Address it binds; `0.0.0.0` unless said."
      },
      "http": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        },
        "description": "Path to body, for an HTTP server. `{hostname}` stands for the container's hostname."
      },
      "root": {
        "type": "string",
        "description": "Document root of the HTTP server: what stands below it in the container is served, too."
      },
      "banner": {
        "type": "string"
      },
      "then": {
        "type": "string"
      },
      "reply": {
        "type": "string"
      }
    },
    "required": [
      "port"
    ],
    "additionalProperties": false
  },
  "Negatable": {
    "type": "object",
    "properties": {
      "value": {
        "type": "string"
      },
      "negated": {
        "type": "boolean"
      }
    },
    "required": [
      "value",
      "negated"
    ],
    "additionalProperties": false
  },
  "NeighbourSeen": {
    "description": "What a link came to know of a neighbour (ARP, neighbour discovery).",
    "type": "object",
    "properties": {
      "link": {
        "anyOf": [
          {
            "type": "object",
            "properties": {
              "kind": {
                "const": "bridge"
              },
              "host": {
                "description": "The name of a simulated machine within its lab; also its hostname.",
                "type": "string"
              },
              "id": {
                "description": "64 lowercase hex characters (local networks) or 25 of base 36 (swarm networks).",
                "type": "string"
              }
            },
            "required": [
              "kind",
              "host",
              "id"
            ],
            "additionalProperties": false
          },
          {
            "type": "object",
            "properties": {
              "kind": {
                "const": "endpoint"
              },
              "host": {
                "description": "The name of a simulated machine within its lab; also its hostname.",
                "type": "string"
              },
              "id": {
                "description": "64 lowercase hex characters.",
                "type": "string"
              }
            },
            "required": [
              "kind",
              "host",
              "id"
            ],
            "additionalProperties": false
          },
          {
            "type": "object",
            "properties": {
              "kind": {
                "const": "handMade"
              },
              "host": {
                "description": "The name of a simulated machine within its lab; also its hostname.",
                "type": "string"
              },
              "id": {
                "type": "string"
              }
            },
            "required": [
              "kind",
              "host",
              "id"
            ],
            "additionalProperties": false
          },
          {
            "type": "object",
            "properties": {
              "kind": {
                "const": "nic"
              },
              "host": {
                "description": "The name of a simulated machine within its lab; also its hostname.",
                "type": "string"
              },
              "id": {
                "type": "string"
              }
            },
            "required": [
              "kind",
              "host",
              "id"
            ],
            "additionalProperties": false
          }
        ]
      },
      "address": {
        "type": "string"
      },
      "mac": {
        "anyOf": [
          {
            "type": "null"
          },
          {
            "type": "string"
          }
        ],
        "description": "`null` when nobody answered and none was known."
      },
      "how": {
        "enum": [
          "answered",
          "heard",
          "unanswered"
        ],
        "description": "It asked and was answered, it was asked by the neighbour, or nobody answered."
      }
    },
    "required": [
      "link",
      "address",
      "mac",
      "how"
    ],
    "additionalProperties": false
  },
  "NetworkSpec": {
    "description": "What `docker network create` asks for (the body of `POST /networks/create`, in our words).",
    "type": "object",
    "properties": {
      "name": {
        "type": "string"
      },
      "driver": {
        "type": "string",
        "description": "`bridge`, `overlay`, `macvlan`, `host`, `null` or an unknown word; empty means the default."
      },
      "checkDuplicate": {
        "type": "boolean"
      },
      "internal": {
        "type": "boolean"
      },
      "attachable": {
        "type": "boolean"
      },
      "ingress": {
        "type": "boolean"
      },
      "enableIPv6": {
        "type": "boolean"
      },
      "scope": {
        "type": "string",
        "description": "`local` or `swarm` when asked for, else empty."
      },
      "ipamDriver": {
        "type": "string"
      },
      "ipamOptions": {
        "anyOf": [
          {
            "type": "null"
          },
          {
            "type": "object",
            "additionalProperties": {
              "type": "string"
            }
          }
        ]
      },
      "ipam": {
        "type": "array",
        "items": {
          "$ref": "#/definitions/IpamPoolSpec"
        }
      },
      "options": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        }
      },
      "labels": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        }
      },
      "configOnly": {
        "type": "boolean"
      },
      "configFrom": {
        "type": "string",
        "description": "Name of a config-only network, or empty."
      }
    },
    "required": [
      "name",
      "driver",
      "checkDuplicate",
      "internal",
      "attachable",
      "ingress",
      "enableIPv6",
      "scope",
      "ipamDriver",
      "ipamOptions",
      "ipam",
      "options",
      "labels",
      "configOnly",
      "configFrom"
    ],
    "additionalProperties": false
  },
  "NicSpec": {
    "description": "A NIC of a simulated host on a LAN.",
    "type": "object",
    "properties": {
      "name": {
        "type": "string",
        "description": "e.g. `eth0`"
      },
      "lan": {
        "type": "string"
      },
      "address": {
        "type": "string",
        "description": "Address with prefix, e.g. `192.168.50.11/24`."
      },
      "mac": {
        "type": "string"
      },
      "mtuBytes": {
        "type": "integer"
      }
    },
    "required": [
      "name",
      "lan",
      "address",
      "mac",
      "mtuBytes"
    ],
    "additionalProperties": false
  },
  "OutputChunk": {
    "description": "A piece of what a process prints, also at an instant to come; text of 1 to 64 KiB.",
    "type": "object",
    "properties": {
      "stream": {
        "enum": [
          "stderr",
          "stdout"
        ]
      },
      "text": {
        "type": "string"
      },
      "at": {
        "type": "integer"
      }
    },
    "required": [
      "stream",
      "text",
      "at"
    ],
    "additionalProperties": false
  },
  "PauseContainer": {
    "type": "object",
    "properties": {
      "type": {
        "const": "PauseContainer"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "container": {
        "type": "string"
      }
    },
    "required": [
      "type",
      "host",
      "container"
    ],
    "additionalProperties": false
  },
  "PortBindingSpec": {
    "description": "`-p`: container port with protocol to what was asked for on the host.",
    "type": "object",
    "properties": {
      "containerPort": {
        "type": "string",
        "description": "e.g. `80/tcp`"
      },
      "hostIp": {
        "type": "string",
        "description": "Empty means every address."
      },
      "hostPort": {
        "type": "string",
        "description": "Empty means ephemeral; may be a range `8000-8010`."
      }
    },
    "required": [
      "containerPort",
      "hostIp",
      "hostPort"
    ],
    "additionalProperties": false
  },
  "PortSpan": {
    "type": "object",
    "properties": {
      "first": {
        "type": "integer"
      },
      "last": {
        "type": "integer"
      }
    },
    "required": [
      "first",
      "last"
    ],
    "additionalProperties": false
  },
  "PruneContainers": {
    "type": "object",
    "properties": {
      "type": {
        "const": "PruneContainers"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "filters": {
        "type": "object",
        "additionalProperties": {
          "type": "array",
          "items": {
            "type": "string"
          }
        }
      }
    },
    "required": [
      "type",
      "host",
      "filters"
    ],
    "additionalProperties": false
  },
  "PruneImages": {
    "type": "object",
    "properties": {
      "type": {
        "const": "PruneImages"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "filters": {
        "type": "object",
        "additionalProperties": {
          "type": "array",
          "items": {
            "type": "string"
          }
        }
      }
    },
    "required": [
      "type",
      "host",
      "filters"
    ],
    "additionalProperties": false
  },
  "PruneNetworks": {
    "type": "object",
    "properties": {
      "type": {
        "const": "PruneNetworks"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "filters": {
        "type": "object",
        "additionalProperties": {
          "type": "array",
          "items": {
            "type": "string"
          }
        },
        "description": "Docker's filters (`label`, `label!`, `until`), each a list of values."
      }
    },
    "required": [
      "type",
      "host",
      "filters"
    ],
    "additionalProperties": false
  },
  "PruneVolumes": {
    "type": "object",
    "properties": {
      "type": {
        "const": "PruneVolumes"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "filters": {
        "type": "object",
        "additionalProperties": {
          "type": "array",
          "items": {
            "type": "string"
          }
        }
      }
    },
    "required": [
      "type",
      "host",
      "filters"
    ],
    "additionalProperties": false
  },
  "PullImage": {
    "type": "object",
    "properties": {
      "type": {
        "const": "PullImage"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "image": {
        "type": "string"
      }
    },
    "required": [
      "type",
      "host",
      "image"
    ],
    "additionalProperties": false
  },
  "RemoveContainer": {
    "type": "object",
    "properties": {
      "type": {
        "const": "RemoveContainer"
      },
      "force": {
        "type": "boolean"
      },
      "link": {
        "type": "boolean"
      },
      "volumes": {
        "type": "boolean",
        "description": "Anonymous volumes go with it. Absent: they stay."
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "container": {
        "type": "string"
      }
    },
    "required": [
      "type",
      "force",
      "link",
      "host",
      "container"
    ],
    "additionalProperties": false
  },
  "RemoveFiles": {
    "type": "object",
    "properties": {
      "type": {
        "const": "RemoveFiles"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "container": {
        "type": "string"
      },
      "paths": {
        "type": "array",
        "items": {
          "type": "string"
        },
        "description": "Absolute and clean; a folder goes with all that is in it."
      }
    },
    "required": [
      "type",
      "host",
      "container",
      "paths"
    ],
    "additionalProperties": false
  },
  "RemoveHost": {
    "type": "object",
    "properties": {
      "type": {
        "const": "RemoveHost"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      }
    },
    "required": [
      "type",
      "host"
    ],
    "additionalProperties": false
  },
  "RemoveImage": {
    "type": "object",
    "properties": {
      "type": {
        "const": "RemoveImage"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "image": {
        "type": "string"
      },
      "force": {
        "type": "boolean"
      }
    },
    "required": [
      "type",
      "host",
      "image",
      "force"
    ],
    "additionalProperties": false
  },
  "RemoveLab": {
    "type": "object",
    "properties": {
      "type": {
        "const": "RemoveLab"
      }
    },
    "required": [
      "type"
    ],
    "additionalProperties": false
  },
  "RemoveNetwork": {
    "type": "object",
    "properties": {
      "type": {
        "const": "RemoveNetwork"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "network": {
        "type": "string"
      }
    },
    "required": [
      "type",
      "host",
      "network"
    ],
    "additionalProperties": false
  },
  "RemoveNode": {
    "type": "object",
    "properties": {
      "type": {
        "const": "RemoveNode"
      },
      "host": {
        "description": "A manager.",
        "type": "string"
      },
      "node": {
        "type": "string",
        "description": "Id, hostname or unique id prefix."
      },
      "force": {
        "type": "boolean"
      }
    },
    "required": [
      "type",
      "host",
      "node",
      "force"
    ],
    "additionalProperties": false
  },
  "RemoveVolume": {
    "type": "object",
    "properties": {
      "type": {
        "const": "RemoveVolume"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "volume": {
        "type": "string"
      },
      "force": {
        "type": "boolean",
        "description": "One that does not exist is no fault."
      }
    },
    "required": [
      "type",
      "host",
      "volume",
      "force"
    ],
    "additionalProperties": false
  },
  "RenameContainer": {
    "type": "object",
    "properties": {
      "type": {
        "const": "RenameContainer"
      },
      "name": {
        "type": "string"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "container": {
        "type": "string"
      }
    },
    "required": [
      "type",
      "name",
      "host",
      "container"
    ],
    "additionalProperties": false
  },
  "ReportHealth": {
    "type": "object",
    "properties": {
      "type": {
        "const": "ReportHealth"
      },
      "processId": {
        "type": "integer"
      },
      "probe": {
        "$ref": "#/definitions/HealthProbe"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "container": {
        "type": "string"
      }
    },
    "required": [
      "type",
      "processId",
      "probe",
      "host",
      "container"
    ],
    "additionalProperties": false
  },
  "ReportTraffic": {
    "description": "A line of a shell sent packets, and they taught these tables something.",
    "type": "object",
    "properties": {
      "type": {
        "const": "ReportTraffic"
      },
      "traffic": {
        "$ref": "#/definitions/Traffic"
      }
    },
    "required": [
      "type",
      "traffic"
    ],
    "additionalProperties": false
  },
  "RestartContainer": {
    "type": "object",
    "properties": {
      "type": {
        "const": "RestartContainer"
      },
      "timeoutSeconds": {
        "anyOf": [
          {
            "type": "integer"
          },
          {
            "type": "null"
          }
        ]
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "container": {
        "type": "string"
      }
    },
    "required": [
      "type",
      "timeoutSeconds",
      "host",
      "container"
    ],
    "additionalProperties": false
  },
  "RestartPolicySpec": {
    "type": "object",
    "properties": {
      "name": {
        "type": "string",
        "description": "`''`, `no`, `always`, `unless-stopped` or `on-failure`."
      },
      "maximumRetryCount": {
        "type": "integer"
      }
    },
    "required": [
      "name",
      "maximumRetryCount"
    ],
    "additionalProperties": false
  },
  "RoutePlace": {
    "description": "A route by what no other one of its stack has.",
    "type": "object",
    "properties": {
      "destination": {
        "type": "string",
        "description": "`default` or a CIDR."
      },
      "namespace": {
        "type": "string"
      },
      "interfaceIndex": {
        "type": "integer"
      },
      "family": {
        "anyOf": [
          {
            "enum": [
              4
            ]
          },
          {
            "enum": [
              6
            ]
          }
        ]
      },
      "gateway": {
        "anyOf": [
          {
            "type": "null"
          },
          {
            "type": "string"
          }
        ]
      },
      "metric": {
        "type": "integer"
      }
    },
    "required": [
      "destination",
      "namespace",
      "interfaceIndex",
      "family",
      "gateway",
      "metric"
    ],
    "additionalProperties": false
  },
  "StartContainer": {
    "type": "object",
    "properties": {
      "type": {
        "const": "StartContainer"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "container": {
        "type": "string"
      }
    },
    "required": [
      "type",
      "host",
      "container"
    ],
    "additionalProperties": false
  },
  "StartExec": {
    "type": "object",
    "properties": {
      "type": {
        "const": "StartExec"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "execId": {
        "description": "64 lowercase hex characters.",
        "type": "string"
      }
    },
    "required": [
      "type",
      "host",
      "execId"
    ],
    "additionalProperties": false
  },
  "StationSeen": {
    "description": "Frames of this MAC came in at a bridge's port.",
    "type": "object",
    "properties": {
      "port": {
        "anyOf": [
          {
            "type": "object",
            "properties": {
              "kind": {
                "const": "endpoint"
              },
              "host": {
                "description": "The name of a simulated machine within its lab; also its hostname.",
                "type": "string"
              },
              "id": {
                "description": "64 lowercase hex characters.",
                "type": "string"
              }
            },
            "required": [
              "kind",
              "host",
              "id"
            ],
            "additionalProperties": false
          },
          {
            "type": "object",
            "properties": {
              "kind": {
                "const": "handMade"
              },
              "host": {
                "description": "The name of a simulated machine within its lab; also its hostname.",
                "type": "string"
              },
              "id": {
                "type": "string"
              }
            },
            "required": [
              "kind",
              "host",
              "id"
            ],
            "additionalProperties": false
          },
          {
            "type": "object",
            "properties": {
              "kind": {
                "const": "vtep"
              },
              "host": {
                "description": "The name of a simulated machine within its lab; also its hostname.",
                "type": "string"
              },
              "id": {
                "description": "64 lowercase hex characters (local networks) or 25 of base 36 (swarm networks).",
                "type": "string"
              }
            },
            "required": [
              "kind",
              "host",
              "id"
            ],
            "additionalProperties": false
          }
        ]
      },
      "mac": {
        "type": "string"
      }
    },
    "required": [
      "port",
      "mac"
    ],
    "additionalProperties": false
  },
  "StopContainer": {
    "type": "object",
    "properties": {
      "type": {
        "const": "StopContainer"
      },
      "timeoutSeconds": {
        "anyOf": [
          {
            "type": "integer"
          },
          {
            "type": "null"
          }
        ]
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "container": {
        "type": "string"
      }
    },
    "required": [
      "type",
      "timeoutSeconds",
      "host",
      "container"
    ],
    "additionalProperties": false
  },
  "SwarmSettings": {
    "description": "What `docker swarm update` sets for the whole cluster.",
    "type": "object",
    "properties": {
      "taskHistoryLimit": {
        "type": "integer"
      },
      "snapshotInterval": {
        "type": "integer"
      },
      "snapshotsKept": {
        "type": "integer"
      },
      "slowFollowerEntries": {
        "type": "integer"
      },
      "heartbeatNanoseconds": {
        "type": "integer"
      },
      "certificateNanoseconds": {
        "type": "integer"
      },
      "isAutolocked": {
        "type": "boolean"
      }
    },
    "required": [
      "taskHistoryLimit",
      "snapshotInterval",
      "snapshotsKept",
      "slowFollowerEntries",
      "heartbeatNanoseconds",
      "certificateNanoseconds",
      "isAutolocked"
    ],
    "additionalProperties": false
  },
  "TagImage": {
    "type": "object",
    "properties": {
      "type": {
        "const": "TagImage"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "image": {
        "type": "string"
      },
      "repository": {
        "type": "string"
      },
      "tag": {
        "type": "string",
        "description": "Empty: the repository's own, or `latest`."
      }
    },
    "required": [
      "type",
      "host",
      "image",
      "repository",
      "tag"
    ],
    "additionalProperties": false
  },
  "Traffic": {
    "description": "What packets taught the tables of the lab's hosts.",
    "type": "object",
    "properties": {
      "neighbours": {
        "type": "array",
        "items": {
          "$ref": "#/definitions/NeighbourSeen"
        }
      },
      "stations": {
        "type": "array",
        "items": {
          "$ref": "#/definitions/StationSeen"
        }
      }
    },
    "required": [
      "neighbours",
      "stations"
    ],
    "additionalProperties": false
  },
  "UnpauseContainer": {
    "type": "object",
    "properties": {
      "type": {
        "const": "UnpauseContainer"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "container": {
        "type": "string"
      }
    },
    "required": [
      "type",
      "host",
      "container"
    ],
    "additionalProperties": false
  },
  "UpdateContainer": {
    "type": "object",
    "properties": {
      "type": {
        "const": "UpdateContainer"
      },
      "resources": {
        "type": "object",
        "additionalProperties": {
          "anyOf": [
            {
              "type": "integer"
            },
            {
              "type": "string"
            }
          ]
        },
        "description": "Members of `HostConfig.Resources` by name, those that are to change."
      },
      "restartPolicy": {
        "anyOf": [
          {
            "$ref": "#/definitions/RestartPolicySpec"
          },
          {
            "type": "null"
          }
        ],
        "description": "`null`: as it is."
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "container": {
        "type": "string"
      }
    },
    "required": [
      "type",
      "resources",
      "restartPolicy",
      "host",
      "container"
    ],
    "additionalProperties": false
  },
  "UpdateNode": {
    "type": "object",
    "properties": {
      "type": {
        "const": "UpdateNode"
      },
      "host": {
        "description": "A manager.",
        "type": "string"
      },
      "node": {
        "type": "string",
        "description": "Id, hostname or unique id prefix."
      },
      "version": {
        "type": "integer",
        "description": "Of the node as it was read before."
      },
      "role": {
        "type": "string"
      },
      "availability": {
        "type": "string"
      },
      "labels": {
        "type": "object",
        "additionalProperties": {
          "type": "string"
        }
      }
    },
    "required": [
      "type",
      "host",
      "node",
      "version",
      "role",
      "availability",
      "labels"
    ],
    "additionalProperties": false
  },
  "UpdateSwarm": {
    "type": "object",
    "properties": {
      "type": {
        "const": "UpdateSwarm"
      },
      "host": {
        "description": "A manager.",
        "type": "string"
      },
      "version": {
        "type": "integer",
        "description": "Of the cluster as it was read before."
      },
      "settings": {
        "$ref": "#/definitions/SwarmSettings"
      },
      "rotateWorkerToken": {
        "type": "boolean"
      },
      "rotateManagerToken": {
        "type": "boolean"
      },
      "rotateUnlockKey": {
        "type": "boolean"
      }
    },
    "required": [
      "type",
      "host",
      "version",
      "settings",
      "rotateWorkerToken",
      "rotateManagerToken",
      "rotateUnlockKey"
    ],
    "additionalProperties": false
  },
  "WantedLink": {
    "description": "A link that somebody asks for; the host counts its index.",
    "type": "object",
    "properties": {
      "namespace": {
        "type": "string"
      },
      "name": {
        "type": "string"
      },
      "kind": {
        "enum": [
          "bridge",
          "dummy",
          "veth"
        ]
      },
      "mac": {
        "type": "string"
      },
      "mtuBytes": {
        "type": "integer"
      }
    },
    "required": [
      "namespace",
      "name",
      "kind",
      "mac",
      "mtuBytes"
    ],
    "additionalProperties": false
  },
  "WriteFiles": {
    "type": "object",
    "properties": {
      "type": {
        "const": "WriteFiles"
      },
      "host": {
        "description": "The name of a simulated machine within its lab; also its hostname.",
        "type": "string"
      },
      "container": {
        "type": "string"
      },
      "folder": {
        "type": "string",
        "description": "The folder to unpack in: it must exist."
      },
      "files": {
        "type": "array",
        "items": {
          "$ref": "#/definitions/FileEntry"
        }
      },
      "keepsKinds": {
        "type": "boolean",
        "description": "Refuse to put a folder in the place of a file, and the reverse."
      },
      "isByProgram": {
        "type": "boolean",
        "description": "A program of the container writes them: nothing is unpacked."
      }
    },
    "required": [
      "type",
      "host",
      "container",
      "folder",
      "files",
      "keepsKinds"
    ],
    "additionalProperties": false
  }
};
